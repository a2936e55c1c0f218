import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { beforeEach, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anEndpoint, aPerson, aSystem } from "#testing/factories.ts";
import { useWebhookReceiver } from "#testing/http/webhook-receiver.ts";
import { rounds } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../../db/client.ts";
import { deleteEndpoint } from "../delete-endpoint.ts";
import { forgetOldDeliveries } from "../forget-old-deliveries.ts";
import { getEndpoint } from "../get-endpoint.ts";
import { listDeliveries } from "../list-deliveries.ts";
import { replayDelivery } from "../replay-delivery.ts";
import { rotateSecret } from "../rotate-secret.ts";
import { sendTest } from "../send-test.ts";
import { updateEndpoint } from "../update-endpoint.ts";
import { deliverDue, InFlight } from "./deliver-due.ts";
import { MAX_TRIES } from "./next-try.ts";

const receiver = useWebhookReceiver();
const database = useTestDatabase();

beforeEach(async () => {
  receiver.received.length = 0;
  receiver.answer = () => ({ status: 204 });
  receiver.mostOpen = 0;
  await db().webhookEndpoint.deleteMany();
});

const sender = () => aSystem("webhook:deliver");
const aReceivingEndpoint = (path = "") => anEndpoint({ url: `${receiver.url}/${path}` });

/** Sends what is due, and waits until it is settled. */
async function deliver(inFlight = new InFlight()) {
  const isBusy = await deliverDue(sender(), inFlight);
  await inFlight.settled();
  return isBusy;
}

async function aDelivery(endpointId: string, overrides: object = {}): Promise<string> {
  const now = new Date(Date.now() - 1_000);
  const data = { phoneNumberId: "1", acceptsBsuid: true };
  const { id } = await db().webhookDelivery.create({
    data: {
      ...{ endpointId, type: "flag.changed", data, happenedAt: now, nextTryAt: now },
      ...overrides,
    },
  });
  return id;
}

const read = (id: string) =>
  db().webhookDelivery.findUniqueOrThrow({ where: { id }, include: { attempts: true } });
const readEndpoint = (id: string) => db().webhookEndpoint.findUniqueOrThrow({ where: { id } });
const makeDue = (id: string) =>
  db().webhookDelivery.update({ where: { id }, data: { nextTryAt: new Date(Date.now() - 1) } });
const age = (id: string, columns: string[], interval: string) =>
  withClient(database.ownerUrl(), (owner) =>
    owner.query(
      `UPDATE webhook_endpoint SET ${columns.map((one) => `${one} = ${one} - interval '${interval}'`)}
       WHERE id = $1`,
      [id],
    ),
  );

/** Fails unless the receiver's own library accepts it; returns the body. */
function verify(secret: string, webhook = receiver.received[0]): unknown {
  if (!webhook) throw new Error("Nothing was received.");
  return new Webhook(secret).verify(webhook.body, webhook.headers as Record<string, string>);
}

test("a webhook is a signed POST, which the receiver verifies", async () => {
  const { id: endpointId, secret } = await aReceivingEndpoint("hook?key=1");
  const id = await aDelivery(endpointId);
  expect(await deliver()).toBe(true);
  const { happenedAt, state, attempts } = await read(id);
  const timestamp = happenedAt.toISOString();
  const data = { phoneNumberId: "1", acceptsBsuid: true };
  expect(verify(secret)).toEqual({ type: "flag.changed", timestamp, data });
  expect(receiver.received).toMatchObject([
    { path: "/hook?key=1", headers: { "webhook-id": id, "content-type": "application/json" } },
  ]);
  expect(state).toBe("delivered");
  expect(attempts).toMatchObject([{ status: 204, failure: null }]);
  expect(await readEndpoint(endpointId)).toMatchObject({ failingSince: null });
  expect((await readEndpoint(endpointId)).lastSuccessAt).not.toBeNull();
  expect(await deliver()).toBe(false);
  expect(receiver.received).toHaveLength(1);
});

test("after a rotation both secrets sign, and after a day the new one alone", async () => {
  const { id: endpointId, secret: former } = await aReceivingEndpoint();
  const { secret } = await rotateSecret(await aPerson("admin"), { endpointId });
  await aDelivery(endpointId);
  await deliver();
  expect(verify(former)).toEqual(verify(secret));
  const past = new Date(Date.now() - 1);
  await db().webhookSecret.updateMany({
    where: { endpointId, endsAt: { not: null } },
    data: { endsAt: past },
  });
  await aDelivery(endpointId);
  await deliver();
  expect(verify(secret, receiver.received[1])).toMatchObject({ type: "flag.changed" });
  expect(() => verify(former, receiver.received[1])).toThrow("No matching signature");
});

test("a failed one is tried ten times, under one id, each time with the time of that try", async () => {
  const { id: endpointId, secret } = await aReceivingEndpoint();
  const id = await aDelivery(endpointId);
  receiver.answer = () => ({ status: 500 });
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    await deliver();
    const { state, nextTryAt, leasedUntil } = await read(id);
    const isLast = tries === MAX_TRIES;
    expect({ tries, state, leasedUntil }).toEqual({
      tries,
      state: isLast ? "failed" : "waiting",
      leasedUntil: null,
    });
    if (!isLast) expect(nextTryAt.getTime()).toBeGreaterThan(Date.now());
    await deliver();
    expect(receiver.received).toHaveLength(tries);
    await makeDue(id);
  }
  await deliver();
  expect(receiver.received).toHaveLength(MAX_TRIES);
  const bodies = new Set(receiver.received.map(({ body }) => body));
  const ids = new Set(receiver.received.map(({ headers }) => headers["webhook-id"]));
  expect([bodies.size, [...ids]]).toEqual([1, [id]]);
  for (const webhook of receiver.received) verify(secret, webhook);
  expect((await read(id)).attempts).toHaveLength(MAX_TRIES);
});

test.each([200, 201, 202, 204, 299])("an answer of %d is a success", async (status) => {
  const { id: endpointId } = await aReceivingEndpoint();
  const id = await aDelivery(endpointId);
  receiver.answer = () => ({ status });
  await deliver();
  expect(await read(id)).toMatchObject({ state: "delivered" });
});

test.each([301, 302, 303, 307, 308])(
  "an answer of %d is a failure, and not followed",
  async (status) => {
    const { id: endpointId } = await aReceivingEndpoint("first");
    const id = await aDelivery(endpointId);
    receiver.answer = () => ({ status, headers: { location: `${receiver.url}/second` } });
    await deliver();
    expect(receiver.received.map(({ path }) => path)).toEqual(["/first"]);
    const attempts = [{ status, failure: "status" }];
    expect(await read(id)).toMatchObject({ state: "waiting", attempts });
  },
);

test.each([304, 400, 401, 404, 429, 500, 503])("an answer of %d is a failure", async (status) => {
  const { id: endpointId } = await aReceivingEndpoint();
  const id = await aDelivery(endpointId);
  receiver.answer = () => ({ status });
  await deliver();
  const attempts = [{ status, failure: "status" }];
  expect(await read(id)).toMatchObject({ state: "waiting", attempts });
  expect((await readEndpoint(endpointId)).failingSince).not.toBeNull();
});

test("Retry-After is heeded", async () => {
  const { id: endpointId } = await aReceivingEndpoint();
  const id = await aDelivery(endpointId);
  receiver.answer = () => ({ status: 429, headers: { "retry-after": "7200" } });
  await deliver();
  const inTwoHours = Date.now() + 7_200_000;
  expect(Math.abs((await read(id)).nextTryAt.getTime() - inTwoHours)).toBeLessThan(60_000);
});

test("410 switches the endpoint off, ends what waits for it, and is in the trail", async () => {
  const { id: endpointId } = await aReceivingEndpoint();
  const id = await aDelivery(endpointId);
  const later = await aDelivery(endpointId, { nextTryAt: new Date(Date.now() + 60_000) });
  receiver.answer = () => ({ status: 410 });
  await deliver();
  const off = { isOn: false, switchedOffWhy: "gone" };
  expect(await getEndpoint(await aPerson("admin"), endpointId)).toMatchObject(off);
  expect(await read(id)).toMatchObject({ state: "failed", attempts: [{ status: 410 }] });
  expect(await read(later)).toMatchObject({ state: "failed" });
  expect(await readEvents({ action: "webhook.switched_off", targetId: endpointId })).toMatchObject([
    { actor: { type: "system" }, channel: "schedule", before: { isOn: true }, after: off },
  ]);
});

test("five days of failure switch the endpoint off, once; a success in between does not", async () => {
  const { id: endpointId } = await aReceivingEndpoint();
  const fail = async () => {
    receiver.answer = () => ({ status: 500 });
    await aDelivery(endpointId);
    await deliver();
  };
  await fail();
  await age(endpointId, ["failing_since"], "119 hours");
  await fail();
  expect(await readEndpoint(endpointId)).toMatchObject({ isOn: true });
  receiver.answer = () => ({ status: 200 });
  await aDelivery(endpointId);
  await deliver();
  expect(await readEndpoint(endpointId)).toMatchObject({ failingSince: null });
  await fail();
  await age(endpointId, ["failing_since"], "121 hours");
  await aDelivery(endpointId);
  await fail();
  expect(await readEndpoint(endpointId)).toMatchObject({ isOn: false, switchedOffWhy: "failing" });
  const where = { action: "webhook.switched_off", targetId: endpointId };
  expect(await readEvents(where)).toHaveLength(1);
});

test("a failure long after the last one begins anew", async () => {
  const { id: endpointId } = await aReceivingEndpoint();
  receiver.answer = () => ({ status: 500 });
  await aDelivery(endpointId);
  await deliver();
  await age(endpointId, ["failing_since", "last_failure_at"], "30 days");
  await aDelivery(endpointId);
  await deliver();
  expect(await readEndpoint(endpointId)).toMatchObject({ isOn: true });
});

test("what is not on is sent nothing", async () => {
  const { id: endpointId, url, events } = await aReceivingEndpoint();
  await updateEndpoint(await aPerson("admin"), { endpointId, url, events, isOn: false });
  await aDelivery(endpointId);
  expect(await deliver()).toBe(false);
  expect(receiver.received).toEqual([]);
});

test("with a secret that cannot be read nothing is sent, until it is rotated", async () => {
  const { id: endpointId } = await aReceivingEndpoint();
  const id = await aDelivery(endpointId);
  await db().webhookSecret.updateMany({ where: { endpointId }, data: { encrypted: "1:lost" } });
  await deliver();
  expect(receiver.received).toEqual([]);
  expect(await read(id)).toMatchObject({ attempts: [{ status: null, failure: "secret_lost" }] });
  const { secret } = await rotateSecret(await aPerson("admin"), { endpointId });
  await makeDue(id);
  await deliver();
  expect(verify(secret)).toMatchObject({ type: "flag.changed" });
});

test("several consoles at once send each webhook once", async () => {
  for (const _ of rounds(5)) {
    receiver.received.length = 0;
    const { id: endpointId } = await aReceivingEndpoint();
    const ids = await Promise.all([1, 2, 3, 4, 5, 6].map(() => aDelivery(endpointId)));
    const consoles = [1, 2, 3].map(() => new InFlight());
    while ((await Promise.all(consoles.map((one) => deliver(one)))).some((isBusy) => isBusy));
    const sent = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(sent.sort()).toEqual(ids.sort());
    await db().webhookEndpoint.delete({ where: { id: endpointId } });
  }
});

test("what a console was sending when it died is sent again, under the same id", async () => {
  const { id: endpointId } = await aReceivingEndpoint();
  const id = await aDelivery(endpointId, {
    tries: 1,
    leasedUntil: new Date(Date.now() + 60_000),
  });
  await deliver();
  expect(receiver.received).toEqual([]);
  await db().webhookDelivery.update({
    where: { id },
    data: { leasedUntil: new Date(Date.now() - 1) },
  });
  await deliver();
  expect(receiver.received).toMatchObject([{ headers: { "webhook-id": id } }]);
  expect(await read(id)).toMatchObject({ state: "delivered", tries: 2 });
});

test("what was sent but not recorded is sent again, under the same id", async () => {
  const { id: endpointId, secret } = await aReceivingEndpoint();
  const id = await aDelivery(endpointId);
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query(`CREATE TRIGGER break_it BEFORE INSERT ON webhook_attempt
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('broken by a test')`);
    await deliver().finally(() => owner.query("DROP TRIGGER break_it ON webhook_attempt"));
  });
  expect(await read(id)).toMatchObject({ state: "waiting", attempts: [] });
  const leasedUntil = new Date(Date.now() - 1);
  await db().webhookDelivery.update({ where: { id }, data: { leasedUntil } });
  await deliver();
  const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
  expect(ids).toEqual([id, id]);
  for (const webhook of receiver.received) verify(secret, webhook);
  expect(await read(id)).toMatchObject({ state: "delivered" });
});

test("what ended a console at each of ten tries is not tried again", async () => {
  const { id: endpointId } = await aReceivingEndpoint();
  const leasedUntil = new Date(Date.now() - 1);
  const id = await aDelivery(endpointId, { tries: MAX_TRIES, leasedUntil });
  await deliver();
  expect(receiver.received).toEqual([]);
  expect(await read(id)).toMatchObject({ state: "failed" });
});

test("a console that stops gives back what it is sending, and the try does not count", async () => {
  const { id: endpointId } = await aReceivingEndpoint();
  const id = await aDelivery(endpointId);
  const { promise, resolve } = Promise.withResolvers<void>();
  receiver.answer = async () => {
    await promise;
    return { status: 200 };
  };
  const inFlight = new InFlight();
  await deliverDue(sender(), inFlight);
  await expect.poll(() => receiver.received.length).toBe(1);
  await inFlight.stop();
  resolve();
  expect(await read(id)).toMatchObject({
    state: "waiting",
    tries: 0,
    leasedUntil: null,
    attempts: [],
  });
});

test("a slow endpoint is sent four at once, and delays no other", async () => {
  const [slow, other] = [await aReceivingEndpoint("slow"), await aReceivingEndpoint("other")];
  const { promise, resolve } = Promise.withResolvers<void>();
  receiver.answer = async ({ path }) => {
    if (path === "/slow") await promise;
    return { status: 200 };
  };
  for (let count = 0; count < 6; count += 1) await aDelivery(slow.id);
  const inFlight = new InFlight();
  await deliverDue(sender(), inFlight);
  await expect.poll(() => receiver.open).toBe(4);
  const id = await aDelivery(other.id);
  await deliverDue(sender(), inFlight);
  await expect.poll(async () => (await read(id)).state).toBe("delivered");
  expect(receiver.mostOpen).toBeLessThanOrEqual(5);
  resolve();
  await inFlight.settled();
});

test("an endpoint that is deleted while it is sent to is no trouble", async () => {
  const { id: endpointId } = await aReceivingEndpoint();
  await aDelivery(endpointId);
  const admin = await aPerson("admin");
  receiver.answer = async () => {
    await deleteEndpoint(admin, { endpointId });
    return { status: 410 };
  };
  await deliver();
  expect(receiver.received).toHaveLength(1);
});

test("a long answer is not read to its end, and counts by its status", async () => {
  const { id: endpointId } = await aReceivingEndpoint();
  const id = await aDelivery(endpointId);
  receiver.answer = () => ({ status: 200, body: "x".repeat(5_000_000) });
  await deliver();
  expect(await read(id)).toMatchObject({ state: "delivered" });
});

test("a test is sent once and shown with its answer, also while the endpoint is off", async () => {
  const admin = await aPerson("admin");
  const { id: endpointId, secret, url, events } = await aReceivingEndpoint();
  await updateEndpoint(admin, { endpointId, url, events, isOn: false });
  expect(await sendTest(admin, { endpointId })).toMatchObject({
    type: "webhook.test",
    state: "delivered",
    attempts: [{ status: 204, failure: null }],
  });
  expect(verify(secret)).toMatchObject({ type: "webhook.test", data: { endpointId } });
  receiver.answer = () => ({ status: 500 });
  const failed = await sendTest(admin, { endpointId });
  expect(failed).toMatchObject({ state: "failed", attempts: [{ status: 500, failure: "status" }] });
  await deliver();
  expect(receiver.received).toHaveLength(2);
  expect(await readEndpoint(endpointId)).toMatchObject({ failingSince: null, lastSuccessAt: null });
  const replay = replayDelivery(admin, { endpointId, deliveryId: failed.id });
  await expect(replay).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await readEvents({ action: "webhook.tested", targetId: endpointId })).toHaveLength(2);
});

test("a replay sends it again under its id, with ten tries, and is in the trail", async () => {
  const admin = await aPerson("admin");
  const { id: endpointId } = await aReceivingEndpoint();
  const deliveryId = await aDelivery(endpointId);
  await deliver();
  const asked = { endpointId, deliveryId };
  expect(await replayDelivery(admin, asked)).toMatchObject({ state: "waiting", tries: 0 });
  await expect(replayDelivery(admin, asked)).rejects.toMatchObject({ code: "CONFLICT" });
  await deliver();
  const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
  expect(ids).toEqual([deliveryId, deliveryId]);
  const { items } = await listDeliveries(admin, { endpointId });
  expect(items).toMatchObject([{ state: "delivered", tries: 1, attempts: [{}, {}] }]);
  const where = { action: "webhook.replayed", targetId: endpointId };
  expect(await readEvents(where)).toMatchObject([{ after: { deliveryId, event: "flag.changed" } }]);
});

test("nothing is replayed of another endpoint, of one that is off, or of one unknown", async () => {
  const admin = await aPerson("admin");
  const { id: endpointId, url, events } = await aReceivingEndpoint();
  const deliveryId = await aDelivery(endpointId, { state: "failed" });
  const { id: otherId } = await aReceivingEndpoint();
  const replay = (asked: object) => replayDelivery(admin, { endpointId, deliveryId, ...asked });
  await expect(replay({ endpointId: otherId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(replay({ deliveryId: randomUUID() })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await updateEndpoint(admin, { endpointId, url, events, isOn: false });
  await expect(replay({})).rejects.toMatchObject({ code: "CONFLICT" });
  const support = replayDelivery(await aPerson("support"), { endpointId, deliveryId });
  await expect(support).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await read(deliveryId)).toMatchObject({ state: "failed" });
});

test("the log is read in pages, newest first, and forgotten after 30 days", async () => {
  const admin = await aPerson("admin");
  const { id: endpointId } = await aReceivingEndpoint();
  const days = (count: number) => new Date(Date.now() - count * 86_400_000);
  const ids: string[] = [];
  for (const createdAt of [days(31), days(29), days(1)]) {
    ids.push(await aDelivery(endpointId, { state: "failed", createdAt }));
  }
  const first = await listDeliveries(admin, { endpointId, limit: 2 });
  const cursor = first.nextCursor ?? "";
  const second = await listDeliveries(admin, { endpointId, limit: 2, cursor });
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed());
  expect(second.nextCursor).toBeNull();
  expect(await forgetOldDeliveries(aSystem("desk:forget"))).toEqual({ deliveries: 1 });
  expect((await listDeliveries(admin, { endpointId })).items).toHaveLength(2);
});
