import { beforeAll, describe, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anOrigin, aPerson, aSystem, aToken } from "#testing/factories.ts";
import { aCount, anHour, aReport, aRuntime } from "#testing/http/report.ts";
import { RACE } from "#testing/rounds.ts";
import { db } from "../db/client.ts";
import { receiveReport } from "./receive-report.ts";
import type { Report } from "./report-schema.ts";

const database = useTestDatabase();
const runtime = aRuntime();
let phoneNumberId: string;

beforeAll(async () => {
  phoneNumberId = await aNumber();
});

async function readCounts(id: string) {
  const rows = await db().trafficCount.findMany({
    where: { phoneNumberId: id },
    orderBy: { hour: "asc" },
  });
  return rows.map(({ phoneNumberId: _, hour, ...counts }) => ({
    hour: hour.toISOString(),
    counts: Object.values(counts).map(Number),
  }));
}

const readInstance = (instanceId: string) =>
  db().runtimeInstance.findUniqueOrThrow({ where: { instanceId } });

describe("a report", () => {
  test("is counted by number and hour, and added to what is there", async () => {
    const id = await aNumber();
    const five = {
      phoneLessDropped: 1,
      phoneLessAccepted: 2,
      phoneAndBsuid: 3,
      legacy: 4,
      unidentified: 5,
    };
    const counts = [aCount(id, five), aCount(id, { ...five, hour: anHour(2) })];
    expect(await receiveReport(runtime, aReport({ counts }))).toEqual({ isNew: true });
    await receiveReport(runtime, aReport({ counts: counts.slice(0, 1) }));
    expect(await readCounts(id)).toEqual([
      { hour: anHour(2), counts: [1, 2, 3, 4, 5] },
      { hour: anHour(), counts: [2, 4, 6, 8, 10] },
    ]);
  });

  test("sent 50 times at once is counted once, and new once", RACE, async () => {
    const id = await aNumber();
    const report = aReport({ counts: [aCount(id, { phoneLessDropped: 7 })] });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => receiveReport(runtime, report)),
    );
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await readCounts(id)).toEqual([{ hour: anHour(), counts: [7, 0, 0, 0, 0] }]);
  });

  test("of many instances about the same numbers at once is counted whole", RACE, async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => aNumber()));
    const reports = Array.from({ length: 30 }, (_, index) => {
      const counts = ids.map((id) => aCount(id, { phoneLessDropped: 1 }));
      return aReport({ counts: index % 2 === 0 ? counts : counts.reverse() });
    });
    await Promise.all(reports.map((report) => receiveReport(runtime, report)));
    for (const id of ids) expect((await readCounts(id))[0]?.counts[0]).toBe(30);
  });

  test("of a number that is not in the roster yet is stored", async () => {
    await receiveReport(runtime, aReport({ counts: [aCount("4711", { phoneLessDropped: 2 })] }));
    expect((await readCounts("4711"))[0]?.counts[0]).toBe(2);
  });

  test("with 10,000 counts is accepted", async () => {
    const counts = Array.from({ length: 10_000 }, (_, index) => aCount(`88${index}`));
    expect(await receiveReport(runtime, aReport({ counts }))).toEqual({ isNew: true });
  });

  test("does not wait for a flip, and is not in the trail", async () => {
    const before = await db().auditEvent.count();
    await withClient(database.ownerUrl(), async (holder) => {
      await holder.query("BEGIN; SELECT FROM ledger FOR UPDATE");
      const counts = [aCount(phoneNumberId, { legacy: 1 })];
      expect(await receiveReport(runtime, aReport({ counts }))).toEqual({ isNew: true });
    });
    expect(await db().auditEvent.count()).toBe(before);
  });
});

describe("what an instance has applied", () => {
  const CURSORS = ["3.aaaaaaaa", "5.bbbbbbbb", "2.cccccccc"] as const;
  const at = (seconds: number) => new Date(Date.now() - 60_000 + seconds * 1_000).toISOString();
  const first = { appliedCursor: CURSORS[0], appliedAt: at(0), sequence: 10 };

  test("is its newest, with its version, token and when it was heard", async () => {
    const token = await aToken({ scopes: ["reports:write"] });
    const actor = {
      type: "service",
      id: token.id,
      name: "Runtime",
      scopes: ["reports:write"],
      origin: anOrigin(),
    } as const;
    const report = aReport({ ...first, sequence: 2 ** 40 });
    await receiveReport(actor, report);
    const {
      firstSeenAt,
      lastHeardAt,
      stateAt: _,
      ...instance
    } = await readInstance(report.instanceId);
    expect(instance).toEqual({
      instanceId: report.instanceId,
      tokenId: token.id,
      sdk: "test/1.0.0",
      appliedCursor: CURSORS[0],
      appliedRevision: 3n,
      appliedAt: new Date(report.appliedAt),
      lastSequence: BigInt(2 ** 40),
      dismissedAt: null,
      closedAt: null,
      refusal: null,
    });
    expect(Math.abs(lastHeardAt.getTime() - firstSeenAt.getTime())).toBeLessThan(5_000);
  });

  test.each<[string, Partial<Report>, string]>([
    ["a later report", { sequence: 11, appliedCursor: CURSORS[1], appliedAt: at(5) }, CURSORS[1]],
    [
      "a late report, which does not take it back",
      { sequence: 9, appliedCursor: CURSORS[2], appliedAt: at(-5) },
      CURSORS[0],
    ],
    [
      "a later report of a lower revision, after a restore of the database",
      { sequence: 11, appliedCursor: CURSORS[2], appliedAt: at(5) },
      CURSORS[2],
    ],
    [
      "a later report of a clock that was set back",
      { sequence: 11, appliedCursor: CURSORS[1], appliedAt: at(-5) },
      CURSORS[1],
    ],
    [
      "an instance that was started again and counts from the start",
      { sequence: 1, appliedCursor: CURSORS[1], appliedAt: at(5) },
      CURSORS[1],
    ],
  ])("after %s", async (_, next, expected) => {
    const { instanceId } = aReport();
    const id = await aNumber();
    await receiveReport(runtime, aReport({ instanceId, ...first }));
    const counts = [aCount(id, { phoneLessDropped: 1 })];
    const second = aReport({ instanceId, ...next, counts });
    expect(await receiveReport(runtime, second)).toEqual({ isNew: true });
    expect((await readInstance(instanceId)).appliedCursor).toBe(expected);
    expect((await readCounts(id))[0]?.counts[0]).toBe(1);
  });

  test("updates the time it was heard even if a report is repeated", async () => {
    const report = aReport(first);
    await receiveReport(runtime, report);
    const { lastHeardAt } = await readInstance(report.instanceId);
    expect(await receiveReport(runtime, report)).toEqual({ isNew: false });
    expect((await readInstance(report.instanceId)).lastHeardAt > lastHeardAt).toBe(true);
  });

  test("ends as the newest, whatever the order in which 30 reports arrive", async () => {
    const { instanceId } = aReport();
    const reports = Array.from({ length: 30 }, (_, index) =>
      aReport({
        instanceId,
        sequence: index,
        appliedCursor: `${index + 1}.abcdef01`,
        appliedAt: at(index),
      }),
    );
    const shuffled = reports.map((_, index) => reports[(index * 7) % 30]);
    await Promise.all(shuffled.map((report) => report && receiveReport(runtime, report)));
    expect(await readInstance(instanceId)).toMatchObject({
      appliedRevision: 30n,
      lastSequence: 29n,
    });
  });
});

describe("refused, with nothing kept:", () => {
  const good = aCount("123");
  const bad = (fields: object) => ({ counts: [good, { ...good, hour: anHour(1), ...fields }] });

  test.each<[string, object, string]>([
    ["an instanceId with other characters", { instanceId: "rt 1" }, "instanceId"],
    ["a long instanceId", { instanceId: "a".repeat(65) }, "instanceId"],
    ["a NUL", { instanceId: "rt\u0000" }, "instanceId"],
    ["a negative sequence", { sequence: -1 }, "sequence"],
    ["a sequence beyond exact numbers", { sequence: 2 ** 53 }, "sequence"],
    ["a sequence as text", { sequence: "1" }, "sequence"],
    ["an sdk without version", { sdk: "name" }, "sdk"],
    ["a cursor without hash", { appliedCursor: "12" }, "appliedCursor"],
    [
      "a cursor beyond all revisions",
      { appliedCursor: `${"9".repeat(16)}.aaaaaaaa` },
      "appliedCursor",
    ],
    ["an invalid time", { appliedAt: "yesterday" }, "appliedAt"],
    ["the year 0", { appliedAt: "0000-01-01T00:00:00Z" }, "appliedAt"],
    ["a time to come", { appliedAt: new Date(Date.now() + 7_200_000).toISOString() }, "appliedAt"],
    [
      "10,001 counts",
      { counts: Array.from({ length: 10_001 }, (_, i) => aCount(`${i}`)) },
      "counts",
    ],
    ["half an hour", bad({ hour: anHour(1).replace("00:00.", "30:00.") }), "counts[1].hour"],
    ["an hour to come", bad({ hour: anHour(-3) }), "counts[1].hour"],
    ["an hour long ago", bad({ hour: anHour(36 * 24) }), "counts[1].hour"],
    ["an hour that does not exist", bad({ hour: "2026-02-30T25:00:00Z" }), "counts[1].hour"],
    ["a day that does not exist", bad({ hour: "2026-11-31T10:00:00Z" }), "counts[1].hour"],
    ["a fraction", bad({ legacy: 0.5 }), "counts[1].legacy"],
    ["a negative count", bad({ phoneLessDropped: -1 }), "counts[1].phoneLessDropped"],
    ["more than 1e9", bad({ phoneAndBsuid: 1_000_000_001 }), "counts[1].phoneAndBsuid"],
    ["a malformed number", bad({ phoneNumberId: "+1" }), "counts[1].phoneNumberId"],
    ["a number and hour twice", bad({ hour: anHour() }), "counts[1]"],
    ["a customer's id", bad({ customer: "US.1" }), "counts[1]"],
    ["a field too many", { text: "hello" }, ""],
  ])("%s", async (_, fields, path) => {
    const { instanceId, ...rest } = aReport({ counts: [good] });
    const report = { instanceId, ...rest, ...fields } as Report;
    await expect(receiveReport(runtime, report)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path }],
    });
    expect(await db().runtimeInstance.count({ where: { instanceId } })).toBe(0);
    expect(await readCounts("123")).toEqual([]);
  });

  test("a report whose counts cannot be written", async () => {
    const report = aReport({ counts: [aCount(phoneNumberId, { hour: anHour(5), legacy: 1 })] });
    await withClient(database.ownerUrl(), async (owner) => {
      await owner.query(`CREATE TRIGGER break_it BEFORE INSERT ON runtime_instance
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('broken by a test')`);
      await expect(receiveReport(runtime, report)).rejects.toThrow("broken by a test");
      await owner.query("DROP TRIGGER break_it ON runtime_instance");
    });
    expect(await readCounts(phoneNumberId)).not.toContainEqual(
      expect.objectContaining({ hour: anHour(5) }),
    );
    expect(await receiveReport(runtime, report)).toEqual({ isNew: true });
  });

  test("one of somebody without report:write, people included", async () => {
    const report = aReport();
    for (const actor of [aSystem("flag:read", "number:read"), await aPerson("admin")]) {
      await expect(receiveReport(actor, report)).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    expect(await db().reportReceipt.count({ where: { instanceId: report.instanceId } })).toBe(0);
  });
});
