import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { aDataDir } from "../testing/a-runtime.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { MIGRATIONS } from "./migrations.ts";
import { QueueReader } from "./queue-reader.ts";

const WITH_LANES = 3;

test("a file of a runtime with lanes on disk keeps what waits, in order, and what became of the rest", () => {
  const file = path.join(aDataDir(), "old.sqlite");
  const database = new DatabaseSync(file);
  for (const migration of MIGRATIONS.slice(0, WITH_LANES)) database.exec(migration);
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
  for (const migration of MIGRATIONS.slice(WITH_LANES)) database.exec(migration);
  const queue = new QueueReader(file);
  expect([...queue.listLeft()].map((left) => ({ ...left }))).toEqual([
    { seq: 3, lane: "a", dueAt: 700 },
    { seq: 5, lane: "a", dueAt: 700 },
  ]);
  expect(queue.find(3)).toMatchObject({ eventId: "event 3", attempts: 3, payload: "{}" });
  expect(queue.find(1)).toBeNull();
  expect(listDeliveries(database, 10)).toMatchObject([
    { messageId: "m5", status: "pending", attempts: 0 },
    { messageId: "m4", kind: "drop" },
    { messageId: "m3", status: "pending", attempts: 3 },
    { messageId: "m2", status: "failed", attempts: 9 },
    { messageId: "m1", status: "delivered", attempts: 2 },
  ]);
});
