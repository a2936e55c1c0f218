import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anEndpoint, aSystem } from "#testing/factories.ts";
import { useWebhookReceiver } from "#testing/http/webhook-receiver.ts";
import { rounds } from "#testing/rounds.ts";
import { db } from "../../db/client.ts";
import { deliverDue, InFlight } from "./deliver-due.ts";

const receiver = useWebhookReceiver();
const database = useTestDatabase();

const SEND_WEBHOOKS = `
  import { startWebhooks } from "#lib/webhooks/webhook-jobs.ts";
  startWebhooks(0);
  setInterval(() => {}, 1_000);`;

let folder: string;
const senders: Sender[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "receiver-"));
  await writeFile(path.join(folder, "cert.pem"), receiver.cert);
});
beforeEach(() => {
  receiver.received.length = 0;
});
afterEach(() => Promise.all(senders.splice(0).map(({ kill }) => kill())));
afterAll(() => rm(folder, { recursive: true }));

type Sender = { kill: () => Promise<void> };

/** A process of its own that sends what is due, until it is killed. */
function startSender(): Sender {
  const child = spawn(process.execPath, ["--input-type=module", "-e", SEND_WEBHOOKS], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: path.join(folder, "cert.pem") },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const kill = async () => {
    if (child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  };
  const sender = { kill };
  senders.push(sender);
  return sender;
}

async function aDelivery(endpointId: string): Promise<string> {
  const now = new Date(Date.now() - 1_000);
  const data = { endpointId, type: "flag.changed", data: {}, happenedAt: now, nextTryAt: now };
  return (await db().webhookDelivery.create({ data })).id;
}

const read = (id: string) =>
  db().webhookDelivery.findUniqueOrThrow({ where: { id }, include: { attempts: true } });
const sentIds = () => receiver.received.map(({ headers }) => String(headers["webhook-id"]));

/** Lets the minute pass for which a dead console's claims are its own. */
const endLeases = () =>
  db().webhookDelivery.updateMany({
    where: { state: "waiting", leasedUntil: { not: null } },
    data: { leasedUntil: new Date(Date.now() - 1) },
  });

async function countSleepers(): Promise<number> {
  return await withClient(database.ownerUrl(), async (owner) => {
    const { rowCount } = await owner.query(
      "SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()",
    );
    return rowCount ?? 0;
  });
}

test("a console killed between what it sent and its record sends it again, under the same id", async () => {
  const { id: endpointId, secret } = await anEndpoint({ url: receiver.url });
  const id = await aDelivery(endpointId);
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query(`CREATE FUNCTION wait_here() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$`);
    await owner.query(`CREATE TRIGGER wait_here BEFORE INSERT ON webhook_attempt
      FOR EACH STATEMENT EXECUTE FUNCTION wait_here()`);
    const killed = startSender();
    await expect.poll(countSleepers, { timeout: 20_000 }).toBe(1);
    await killed.kill();
    await owner.query("DROP TRIGGER wait_here ON webhook_attempt");
  });
  expect(sentIds()).toEqual([id]);
  expect(await read(id)).toMatchObject({ state: "waiting", tries: 1, attempts: [] });
  await endLeases();
  startSender();
  await expect.poll(async () => (await read(id)).state, { timeout: 20_000 }).toBe("delivered");
  expect(sentIds()).toEqual([id, id]);
  for (const { body, headers } of receiver.received) {
    new Webhook(secret).verify(body, headers as Record<string, string>);
  }
  expect(await read(id)).toMatchObject({ tries: 2, attempts: [{ status: 204 }] });
}, 60_000);

test("a console killed at any moment of sending: each arrives once, or twice under one id", async () => {
  for (const _ of rounds(2)) {
    receiver.received.length = 0;
    const { id: endpointId } = await anEndpoint({ url: receiver.url });
    const ids = await Promise.all([1, 2, 3, 4, 5, 6].map(() => aDelivery(endpointId)));
    const killed = startSender();
    await expect.poll(() => receiver.received.length, { interval: 1, timeout: 20_000 }).not.toBe(0);
    await sleep(Math.random() * 30);
    await killed.kill();
    const recorded = (await Promise.all(ids.map(read))).filter(({ state }) => state !== "waiting");
    await endLeases();
    const inFlight = new InFlight();
    while (await deliverDue(aSystem("webhook:deliver"), inFlight)) await inFlight.settled();
    for (const { state } of await Promise.all(ids.map(read))) expect(state).toBe("delivered");
    const sent = sentIds();
    expect(new Set(sent)).toEqual(new Set(ids));
    for (const id of ids) expect(sent.filter((each) => each === id).length).toBeLessThanOrEqual(2);
    for (const { id } of recorded) expect(sent.filter((each) => each === id)).toHaveLength(1);
    await db().webhookEndpoint.delete({ where: { id: endpointId } });
  }
});
