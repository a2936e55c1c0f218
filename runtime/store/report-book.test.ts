import { expect, test } from "vitest";
import type { Report } from "#sdk/flag-client.ts";
import { aDatabase, PSEUDONYMS } from "../testing/a-database.ts";
import { aPhoneLess, aWamid } from "../testing/payloads.ts";
import { migrate } from "./database.ts";
import { EventLog } from "./event-log.ts";
import { ReportBook } from "./report-book.ts";

const HOUR_MS = 3_600_000;

function aReport(sequence: number): Report {
  const applied = { appliedCursor: "1.00000000", appliedAt: "2026-11-22T10:00:00.000Z" };
  return { instanceId: "rt-1", sequence, sdk: "name/1", ...applied, counts: [] };
}

function aBook() {
  const database = aDatabase();
  const log = new EventLog(database, PSEUDONYMS);
  let isFull = false;
  const commit = async <Result>(work: () => Result) => {
    if (isFull) throw new Error("the disk is full");
    return work();
  };
  const open = () => new ReportBook(database, { run: commit, runUnflushed: commit });
  return {
    database,
    open,
    fill: (full: boolean) => {
      isFull = full;
    },
    decide: ({ isCounted = true } = {}) => {
      const messageId = aWamid();
      const about = { at: Date.now(), phoneNumberId: "1", messageId, cursor: null, isCounted };
      const dedupeKey = aPhoneLess().bsuid;
      const recorded = log.record({ kind: "drop", dedupeKey, case: "phone_less", ...about });
      if (!recorded) throw new Error("Decided before.");
      return recorded.seq;
    },
  };
}

test("a report covers what was counted when it was made, also if it could only be stored later", async () => {
  const { open, decide, fill } = aBook();
  const book = open();
  book.counted(decide());
  const report = aReport(1);
  fill(true);
  await expect(book.keep(report, [])).rejects.toThrow("full");
  book.counted(decide());
  fill(false);
  await book.keep(report, []);
  decide({ isCounted: false });
  const next = open();
  expect(next.left).toEqual(report);
  expect([...next.takeUncounted()]).toHaveLength(1);
  expect([...next.takeUncounted()]).toEqual([]);
});

test("a report that was counted is not sent again, and one that the console has forgotten is not either", async () => {
  const { open, database } = aBook();
  const book = open();
  await book.keep(aReport(1), []);
  book.settle(aReport(1));
  expect(open().left).toBeNull();
  const none = { phoneLessAccepted: 0, phoneAndBsuid: 0, legacy: 0, unidentified: 0 };
  const counts = [
    { phoneNumberId: "2", hour: "2026-11-22T10:00:00Z", phoneLessDropped: 3, ...none },
  ];
  await book.keep({ ...aReport(2), counts }, []);
  // A late confirmation of the report before.
  book.settle(aReport(1));
  expect(open().left?.sequence).toBe(2);
  const age = database.prepare("UPDATE report SET kept_at = ?");
  age.run(Date.now() - 40 * HOUR_MS);
  expect(open()).toMatchObject({ left: { sequence: 2 }, lost: [] });
  age.run(Date.now() - 48 * HOUR_MS);
  expect(open()).toMatchObject({ left: null, lost: counts });
});

test("rows that did not fit into a report survive a kill, until the next report takes them", async () => {
  const { open } = aBook();
  const none = { phoneLessAccepted: 0, phoneAndBsuid: 0, legacy: 0, unidentified: 0 };
  const row = { phoneNumberId: "2", hour: "2026-11-22T10:00:00Z", phoneLessDropped: 3, ...none };
  const book = open();
  await book.keep(aReport(1), [row]);
  expect(open().waiting).toEqual([row]);
  book.settle(aReport(1));
  const next = open();
  expect([next.left, next.waiting]).toEqual([null, [row]]);
  await next.keep(aReport(2), []);
  expect(open().waiting).toEqual([]);
});

test("only messages are counted of what an older runtime decided", () => {
  const database = aDatabase({ version: 10 });
  const insert = database.prepare(
    `INSERT INTO event (dedupe_key, event_id, kind, topic, decided_at, phone_number_id, message_id, message_case)
     VALUES (?1, 'e', 'webhook', ?1, 0, '1', 'm', 'legacy')`,
  );
  for (const topic of ["messages", "delivery_status", "unreadable"]) insert.run(topic);
  migrate(database, PSEUDONYMS);
  const commit = async <Result>(work: () => Result) => work();
  const book = new ReportBook(database, { run: commit, runUnflushed: commit });
  expect([...book.takeUncounted()]).toHaveLength(1);
});

test("what was decided before there were reports on disk is not counted again", () => {
  const database = aDatabase({ version: 4 });
  database.exec(
    `INSERT INTO event (dedupe_key, event_id, kind, decided_at, phone_number_id, message_id, message_case)
     VALUES ('k', 'e', 'drop', 0, '1', 'm', 'phone_less')`,
  );
  migrate(database, PSEUDONYMS);
  const commit = async <Result>(work: () => Result) => work();
  const book = new ReportBook(database, { run: commit, runUnflushed: commit });
  expect([...book.takeUncounted()]).toEqual([]);
});
