import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anEndpoint, aPerson } from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { createEndpoint } from "./create-endpoint.ts";
import { deleteEndpoint } from "./delete-endpoint.ts";
import { getEndpoint } from "./get-endpoint.ts";
import { listEndpoints } from "./list-endpoints.ts";
import { rotateSecret } from "./rotate-secret.ts";
import { decryptSecret } from "./secret/encrypt-secret.ts";
import { updateEndpoint } from "./update-endpoint.ts";

const database = useTestDatabase();

// There may be fifty.
beforeEach(() => db().webhookEndpoint.deleteMany());

const URL_OF_ACME = "https://hooks.acme.example/bsuid";
const settings = { url: URL_OF_ACME, events: ["flag.changed" as const] };
const eventsOf = (targetId: string) => readEvents({ targetId });
const secretsOf = async (endpointId: string) => {
  const rows = await db().webhookSecret.findMany({
    where: { endpointId },
    orderBy: { createdAt: "desc" },
  });
  return rows.map(({ encrypted, endsAt }) => ({
    secret: decryptSecret(encrypted, endpointId),
    endsAt,
  }));
};

test("a new endpoint is on, its secret is shown once, and neither database nor trail has it in clear", async () => {
  const admin = await aPerson("admin");
  const made = await createEndpoint(admin, {
    url: `${URL_OF_ACME}?key=geheim#top`,
    events: ["request.decided", "flag.changed", "flag.changed"],
  });
  const { secret, ...record } = made;
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(record).toMatchObject({
    url: `${URL_OF_ACME}?key=geheim`,
    events: ["flag.changed", "request.decided"],
    isOn: true,
    switchedOffWhy: null,
    isSecretLost: false,
    formerSecretUntil: null,
    failingSince: null,
  });
  expect(await getEndpoint(admin, made.id)).toEqual(record);
  expect(await listEndpoints(admin)).toContainEqual(record);
  const events = await eventsOf(made.id);
  expect(events).toMatchObject([
    {
      action: "webhook.created",
      actorId: admin.id,
      target: { display: `${URL_OF_ACME}?…` },
      before: null,
      after: { url: `${URL_OF_ACME}?…`, events: "flag.changed, request.decided", isOn: true },
    },
  ]);
  const stored = await db().$queryRaw`SELECT e::text, s::text, a::text FROM webhook_endpoint e
    JOIN webhook_secret s ON s.endpoint_id = e.id JOIN audit_event a ON a.target_id = e.id::text`;
  expect(JSON.stringify(stored)).not.toContain(secret.slice("whsec_".length));
  expect(JSON.stringify(events)).not.toContain("geheim");
});

test("of an endpoint that is changed, what changed is recorded, and once", async () => {
  const admin = await aPerson("admin");
  const { id: endpointId, events, url } = await anEndpoint();
  const wanted = { endpointId, url, events, isOn: false };
  expect(await updateEndpoint(admin, wanted)).toMatchObject({
    changed: true,
    isOn: false,
    switchedOffWhy: "by_hand",
  });
  expect(await updateEndpoint(admin, wanted)).toMatchObject({ changed: false });
  const moved = { ...wanted, ...settings, isOn: true };
  expect(await updateEndpoint(admin, moved)).toMatchObject({ ...settings, switchedOffWhy: null });
  const query = { ...moved, url: `${URL_OF_ACME}?key=1` };
  await updateEndpoint(admin, query);
  await updateEndpoint(admin, { ...query, url: `${URL_OF_ACME}?key=2` });
  expect((await eventsOf(endpointId)).slice(1)).toMatchObject([
    { action: "webhook.updated", before: { isOn: true }, after: { isOn: false } },
    { after: { url: URL_OF_ACME, events: "flag.changed", isOn: true } },
    { before: { url: URL_OF_ACME }, after: { url: `${URL_OF_ACME}?…` } },
    { before: { isQueryChanged: false }, after: { isQueryChanged: true } },
  ]);
});

test("what waits for an endpoint ends when it is switched off", async () => {
  const { id: endpointId, url, events } = await anEndpoint();
  const waiting = { endpointId, type: "flag.changed", data: {}, nextTryAt: new Date() };
  await db().webhookDelivery.create({ data: { ...waiting, happenedAt: new Date() } });
  await updateEndpoint(await aPerson("admin"), { endpointId, url, events, isOn: false });
  expect(await db().webhookDelivery.findMany({ where: { endpointId } })).toMatchObject([
    { state: "failed" },
  ]);
});

test("a deleted endpoint is gone with its secrets and its log, and the trail says so", async () => {
  const admin = await aPerson("admin");
  const { id: endpointId } = await anEndpoint(settings);
  const data = { endpointId, type: "flag.changed", data: {}, nextTryAt: new Date() };
  const { id: deliveryId } = await db().webhookDelivery.create({
    data: { ...data, happenedAt: new Date() },
  });
  await db().webhookAttempt.create({ data: { deliveryId, beganAt: new Date(), tookMs: 1 } });
  await deleteEndpoint(admin, { endpointId });
  await expect(deleteEndpoint(admin, { endpointId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(getEndpoint(admin, endpointId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await secretsOf(endpointId)).toEqual([]);
  expect(await db().webhookAttempt.count({ where: { deliveryId } })).toBe(0);
  expect((await eventsOf(endpointId)).slice(1)).toMatchObject([
    { action: "webhook.deleted", before: { url: URL_OF_ACME }, after: { url: null } },
  ]);
});

test("a rotated secret is a new one, and the former goes on for a day", async () => {
  const admin = await aPerson("admin");
  const made = await anEndpoint();
  const rotated = await rotateSecret(admin, { endpointId: made.id });
  expect(rotated.secret).not.toBe(made.secret);
  const inADay = Date.now() + 24 * 3_600_000;
  expect(Math.abs(Date.parse(rotated.formerSecretUntil ?? "") - inADay)).toBeLessThan(60_000);
  expect(await secretsOf(made.id)).toMatchObject([
    { secret: rotated.secret, endsAt: null },
    { secret: made.secret, endsAt: expect.any(Date) },
  ]);
  const [, event] = await eventsOf(made.id);
  expect(event).toMatchObject({
    action: "webhook.rotated",
    after: { formerSecretUntil: rotated.formerSecretUntil },
  });
  expect(JSON.stringify(event)).not.toContain("whsec_");
});

test("a secret is rotated at most four times a day, and ended ones are deleted", async () => {
  const admin = await aPerson("admin");
  const { id: endpointId } = await anEndpoint();
  for (let count = 0; count < 4; count += 1) await rotateSecret(admin, { endpointId });
  const again = () => rotateSecret(admin, { endpointId });
  await expect(again()).rejects.toMatchObject({ code: "CONFLICT" });
  const [, , , , oldest] = await db().webhookSecret.findMany({
    where: { endpointId },
    orderBy: { createdAt: "desc" },
  });
  await db().webhookSecret.update({
    where: { id: oldest?.id ?? "" },
    data: { endsAt: new Date(Date.now() - 1) },
  });
  await again();
  expect(await secretsOf(endpointId)).toHaveLength(5);
});

test("an endpoint whose secret cannot be read any more says so, until it is rotated", async () => {
  const admin = await aPerson("admin");
  const { id: endpointId } = await anEndpoint();
  const { id: otherId } = await anEndpoint();
  const { encrypted } = await db().webhookSecret.findFirstOrThrow({
    where: { endpointId: otherId },
  });
  await db().webhookSecret.updateMany({ where: { endpointId }, data: { encrypted } });
  expect(await getEndpoint(admin, endpointId)).toMatchObject({ isSecretLost: true });
  expect(await rotateSecret(admin, { endpointId })).toMatchObject({ isSecretLost: false });
});

test("two who rotate at once get two secrets, of which one is the present one", RACE, async () => {
  const admin = await aPerson("admin");
  const { id: endpointId } = await anEndpoint();
  const made = await Promise.all([1, 2].map(() => rotateSecret(admin, { endpointId })));
  const present = (await secretsOf(endpointId)).filter(({ endsAt }) => endsAt === null);
  expect(present).toHaveLength(1);
  expect(made.map(({ secret }) => secret)).toContain(present[0]?.secret);
});

test("of two who delete at once, one does", RACE, async () => {
  const admin = await aPerson("admin");
  const { id: endpointId } = await anEndpoint();
  const done = await Promise.allSettled([1, 2].map(() => deleteEndpoint(admin, { endpointId })));
  expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const deletions = (await eventsOf(endpointId)).filter(
    ({ action }) => action === "webhook.deleted",
  );
  expect(deletions).toHaveLength(1);
});

test.each([
  ["url", { url: "http://hooks.example.com" }],
  ["url", { url: "https://127.0.0.1" }],
  ["events", { events: [] }],
  ["events[0]", { events: ["flag.enabled" as "flag.changed"] }],
])("%s is checked: %j", async (path, wrong) => {
  const attempt = anEndpoint(wrong);
  await expect(attempt).rejects.toMatchObject({ code: "INVALID_INPUT", issues: [{ path }] });
});

test.each(["support", "account_manager", "auditor"] as const)(
  "the role %s can do nothing with endpoints",
  async (role) => {
    const actor = await aPerson(role);
    const { id: endpointId, secret: _, ...before } = await anEndpoint();
    const forbidden = { code: "FORBIDDEN" };
    const changed = { endpointId, ...settings, isOn: false };
    await expect(createEndpoint(actor, settings)).rejects.toMatchObject(forbidden);
    await expect(updateEndpoint(actor, changed)).rejects.toMatchObject(forbidden);
    await expect(rotateSecret(actor, { endpointId })).rejects.toMatchObject(forbidden);
    await expect(deleteEndpoint(actor, { endpointId })).rejects.toMatchObject(forbidden);
    await expect(listEndpoints(actor)).rejects.toMatchObject(forbidden);
    await expect(getEndpoint(actor, endpointId)).rejects.toMatchObject(forbidden);
    expect(await getEndpoint(await aPerson("admin"), endpointId)).toMatchObject(before);
    expect(await eventsOf(endpointId)).toHaveLength(1);
  },
);

test("nothing changes when the trail cannot be written", async () => {
  const admin = await aPerson("admin");
  const { id: endpointId, secret, ...before } = await anEndpoint();
  const count = await db().webhookEndpoint.count();
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(createEndpoint(admin, settings)).rejects.toThrow();
    const changed = { endpointId, ...settings, isOn: false };
    await expect(updateEndpoint(admin, changed)).rejects.toThrow();
    await expect(rotateSecret(admin, { endpointId })).rejects.toThrow();
    await expect(deleteEndpoint(admin, { endpointId })).rejects.toThrow();
  });
  expect(await getEndpoint(admin, endpointId)).toMatchObject(before);
  expect(await secretsOf(endpointId)).toEqual([{ secret, endsAt: null }]);
  expect(await db().webhookEndpoint.count()).toBe(count);
});

test("there are at most 50 endpoints", async () => {
  const rows = Array.from({ length: 50 }, () => ({ id: randomUUID(), url: URL_OF_ACME }));
  await db().webhookEndpoint.createMany({ data: rows });
  await expect(anEndpoint()).rejects.toMatchObject({ code: "CONFLICT" });
  await db().webhookEndpoint.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
});
