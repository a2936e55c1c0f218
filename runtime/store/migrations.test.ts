import path from "node:path";
import { expect, test } from "vitest";
import { aDatabase, PSEUDONYMS } from "../testing/a-database.ts";
import { aDataDir } from "../testing/a-runtime.ts";
import { aToken, wamidOf } from "../testing/payloads.ts";
import { migrate } from "./database.ts";
import { EventLog } from "./event-log.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { QueueReader } from "./queue-reader.ts";

const WITH_LANES = 3;

test("a file of a runtime with lanes on disk keeps what waits, in order, and what became of the rest", () => {
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

test("what an older runtime dropped keeps no wamid, and what comes again is still known", () => {
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
  const about = { at: 0, phoneNumberId: "1", case: "phone_less", cursor: null } as const;
  const other = wamidOf("15550100123", token);
  expect(
    log.record({ kind: "drop", dedupeKey: "m 1", ...about, messageId: other, cursor: null }),
  ).toBeNull();
  const webhook = { kind: "webhook", topic: "delivery_status", lanes: "", payload: "{}" } as const;
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
