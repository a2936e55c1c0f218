import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { aDatabase, PSEUDONYMS } from "../testing/a-database.ts";
import { aDataDir } from "../testing/a-runtime.ts";
import { aToken, wamidOf } from "../testing/payloads.ts";
import { migrate, openDatabase } from "./database.ts";
import { EventLog } from "./event-log.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { QueueReader } from "./queue-reader.ts";
import { SealedNotices } from "./sealed-notices.ts";

const WITH_LANES = 3;

test("a file of a runtime with lanes on disk keeps waiting webhooks in order, and the results of the others", () => {
  const file = path.join(aDataDir(), "old.sqlite");
  const database = aDatabase({ file, version: WITH_LANES });
  const insert = database.prepare(
    `INSERT INTO event (seq, dedupe_key, event_id, kind, topic, decided_at, phone_number_id, message_id,
       message_case, lane, status, attempts, payload)
     VALUES (?1, 'key ' || ?1, 'event ' || ?1, ?2, 'messages', 0, '1', 'm' || ?1, 'legacy', ?3, ?4, ?5, '{}')`,
  );
  insert.run("1", "webhook", "a", "delivered", 2);
  insert.run("2", "webhook", "b", "failed", 9);
  insert.run("3", "webhook", "a", "pending", 3);
  insert.run("4", "drop", null, null, 0);
  insert.run("5", "webhook", "a", "pending", 0);
  database.exec("INSERT INTO lane VALUES ('a', 700)");
  migrate(database, PSEUDONYMS);
  const queue = new QueueReader(file);
  expect([...queue.listLeft()].map((left) => ({ ...left }))).toEqual([
    { seq: 3, lanes: "a", dueAt: 700 },
    { seq: 5, lanes: "a", dueAt: 700 },
  ]);
  expect(queue.find(3)).toMatchObject({ eventId: "event 3", attempts: 3, payload: "{}" });
  expect(queue.find(1)).toBeNull();
  expect(listDeliveries(database, PSEUDONYMS, { limit: 10 })).toMatchObject([
    { messageId: "m5", status: "pending", attempts: 0 },
    { messageId: PSEUDONYMS.ofMessage("m4"), kind: "drop" },
    { messageId: "m3", status: "pending", attempts: 3 },
    { messageId: "m2", status: "failed", attempts: 9 },
    { messageId: "m1", status: "delivered", attempts: 2 },
  ]);
});

test("messages that an older runtime dropped keep no wamid, and are still recognised when repeated", () => {
  const token = aToken();
  const [dropped, status] = [wamidOf("US.1", token), wamidOf("15550100123", aToken())];
  const database = aDatabase({ version: 5 });
  const insert = database.prepare(
    `INSERT INTO event (dedupe_key, event_id, kind, topic, decided_at, phone_number_id, message_id, message_case)
     VALUES (?, 'e', ?, ?, 0, '1', ?, 'phone_less')`,
  );
  insert.run(`m 1 ${dropped}`, "drop", null, dropped);
  insert.run(`s 1 ${status} read US.2`, "webhook", "delivery_status", status);
  migrate(database, PSEUDONYMS);
  const log = new EventLog(database, PSEUDONYMS);
  const about = {
    at: 0,
    phoneNumberId: "1",
    case: "phone_less",
    cursor: null,
    isCounted: true,
  } as const;
  const other = wamidOf("15550100123", token);
  expect(
    log.record({ kind: "drop", dedupeKey: "m 1", ...about, messageId: other, cursor: null }),
  ).toBeNull();
  const webhook = {
    kind: "webhook",
    topic: "delivery_status",
    lanes: "",
    payload: "{}",
    anonymousPayload: null,
  } as const;
  const repeated = { ...webhook, ...about, messageId: status };
  expect(log.record({ ...repeated, dedupeKey: "s 1 read US.2" })).toBeNull();
  expect(log.record({ ...repeated, dedupeKey: "s 1 read US.3" })).not.toBeNull();
  const of = (messageId: string) =>
    listDeliveries(database, PSEUDONYMS, { limit: 10, messageId }).length;
  expect([of(dropped), of(other), of(status)]).toEqual([1, 1, 2]);
  expect(
    JSON.stringify(database.prepare("SELECT * FROM event WHERE kind = 'drop'").all()),
  ).not.toContain(dropped);
});

test("a customer's ids are forgotten by the time of their last webhook; an impossible time counts as now", () => {
  const database = aDatabase({ version: 10 });
  const insert = database.prepare(
    "INSERT INTO fact VALUES (?1, 'w', 'seen', ?1, NULL, NULL, NULL, 0, ?2)",
  );
  const now = Math.floor(Date.now() / 1_000);
  for (const at of [now - 1_000, now + 100_000, 1]) insert.run(`US.${at}`, at);
  migrate(database, PSEUDONYMS);
  const heard = database.prepare("SELECT heard_at AS at FROM fact ORDER BY last_at").all();
  const [ancient, usual, future] = heard.map(({ at }) => Number(at) - now);
  expect(usual).toBe(-1_000);
  for (const at of [ancient, future]) expect(Math.abs(at ?? Number.NaN)).toBeLessThan(60);
});

test("an older runtime's notices about strangers can only be read with one of their ids; those about customers stay in plain text", () => {
  const database = aDatabase({ version: 10 });
  const insert = database.prepare("INSERT INTO fact VALUES (?, 'w', ?, ?, ?, ?, ?, 100, 200)");
  insert.run("1", "seen", "US.100", "+15550100123", null, null);
  insert.run("2", "changed", "US.200", null, "US.100", null);
  insert.run("3", "changed", "US.300", "+15550100124", "US.200", null);
  insert.run("4", "changed", null, "+15550100125", null, "+15550100124");
  insert.run("5", "changed", "US.777", "+15550100777", "US.666", "+15550100666");
  insert.run("6", "changed", "US.888", null, "US.777", null);
  migrate(database, PSEUDONYMS);
  const keys = database.prepare("SELECT key FROM fact ORDER BY key").all();
  expect(keys.map(({ key }) => key)).toEqual(["1", "2", "3", "4"]);
  const sealed = new SealedNotices(database, {
    pseudonyms: PSEUDONYMS,
    onError: () => undefined,
  });
  const fact = {
    key: "5",
    portfolioId: "w",
    kind: "changed",
    bsuid: "US.777",
    phone: "+15550100777",
    previousBsuid: "US.666",
    previousPhone: "+15550100666",
    firstAt: 100,
    lastAt: 200,
  };
  for (const id of ["US.666", "+15550100666", "+15550100777"])
    expect(sealed.find(id)).toEqual([fact]);
  expect(
    sealed
      .find("US.777")
      .map(({ key }) => key)
      .sort(),
  ).toEqual(["5", "6"]);
  expect(sealed.find("US.200")).toEqual([]);
});

test("an older runtime's statuses of strangers name nobody any more; one that waits is delivered unchanged", () => {
  const file = path.join(aDataDir(), "old.sqlite");
  const database = aDatabase({ file, version: 10 });
  const insert = database.prepare(
    `INSERT INTO event (seq, dedupe_key, event_id, kind, topic, decided_at, phone_number_id, message_id,
       message_case, lane, payload)
     VALUES (?, 'k' || ?1, 'e', 'webhook', 'delivery_status', 0, '1', ?, ?, '1 US.1', ?)`,
  );
  const wamid = wamidOf("US.1000000000", aToken());
  const body = (recipient: object, id = wamid) =>
    JSON.stringify({
      topic: "delivery_status",
      recipient: { id: "", channelType: "whatsapp", name: "Ana", ...recipient },
      statusUpdate: { id, status: "sent", error: null },
      callbackData: { of: "US.1000000000" },
      original: { id: wamid },
    });
  const own = body({}, "send-1");
  const accepted = body({ id: "US.1", userId: "US.1" });
  const withPhone = body({ id: "+15550100123" });
  insert.run(1, wamid, "phone_less", body({}));
  insert.run(2, wamid, "unidentified", own);
  insert.run(3, wamid, "phone_less", accepted);
  insert.run(4, wamid, "legacy", withPhone);
  database.exec("INSERT INTO pending VALUES (2, 1, 700), (4, 0, 0)");
  migrate(database, PSEUDONYMS);
  const pseudonym = PSEUDONYMS.ofMessage(wamid);
  const recipient = { id: "", channelType: "whatsapp", name: null };
  const anonymous = (id: string) => ({
    messageId: pseudonym,
    payload: {
      topic: "delivery_status",
      recipient,
      statusUpdate: { id, status: "sent", error: null },
      original: {},
    },
  });
  const [fourth, third, second, first] = listDeliveries(database, PSEUDONYMS, { limit: 9 });
  expect(first).toMatchObject(anonymous(pseudonym));
  expect(JSON.stringify([first, second])).not.toMatch(/callbackData|Ana/);
  expect(second).toMatchObject(anonymous("send-1"));
  expect(third).toMatchObject({ messageId: wamid, payload: JSON.parse(accepted) });
  expect(fourth).toMatchObject({ messageId: wamid, payload: JSON.parse(withPhone) });
  const queue = new QueueReader(file);
  expect(queue.find(2)).toMatchObject({ payload: own, lanes: "1 US.1", attempts: 1 });
  expect(queue.find(4)).toMatchObject({ payload: withPhone });
});

test("a file that cannot be migrated is closed again", () => {
  const dataDir = aDataDir();
  const file = path.join(dataDir, "runtime.sqlite");
  const before = aDatabase({ file, version: 5 });
  // Removes what the next migration changes.
  before.exec("DROP TABLE event");
  before.close();
  expect(() => openDatabase(dataDir, PSEUDONYMS)).toThrow();
  // Needs exclusive access to the file.
  const after = new DatabaseSync(file, { timeout: 0 });
  onTestFinished(() => after.close());
  expect(after.prepare("PRAGMA journal_mode = DELETE").get()).toEqual({ journal_mode: "delete" });
});
