import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aSystem } from "#testing/factories.ts";
import { aCount, anHour, reportNow } from "#testing/http/report.ts";
import { readLosses } from "./read-losses.ts";
import { readTraffic } from "./read-traffic.ts";
import { readWeek } from "./read-week.ts";

useTestDatabase();
const reader = aSystem("number:read");

const lostAt = (id: string, phoneLessDropped: number, hoursAgo: number) =>
  aCount(id, { phoneLessDropped, hour: anHour(hoursAgo) });

test("losses are returned for 24 hours, 7 days, and each of the days", async () => {
  const id = await aNumber();
  await reportNow({
    counts: [
      lostAt(id, 1, 0),
      lostAt(id, 2, 23),
      lostAt(id, 10, 24),
      lostAt(id, 20, 167),
      lostAt(id, 40, 168),
    ],
  });
  expect(await readLosses(reader, [id])).toEqual(
    new Map([[id, { day: 3, week: 33, days: [20, 0, 0, 0, 0, 10, 3] }]]),
  );
});

test("a week has the lost and accepted messages, and whether anything was reported", async () => {
  const [both, quiet, unknown] = [await aNumber(), await aNumber(), await aNumber()];
  await reportNow({
    counts: [
      lostAt(both, 60, 30),
      aCount(both, { phoneLessAccepted: 4 }),
      aCount(quiet, { legacy: 9 }),
    ],
  });
  expect(await readWeek(reader, both)).toEqual({ isReported: true, lost: 60, accepted: 4 });
  expect(await readWeek(reader, quiet)).toEqual({ isReported: true, lost: 0, accepted: 0 });
  expect(await readWeek(reader, unknown)).toEqual({ isReported: false, lost: 0, accepted: 0 });
});

test("an hour of a clock that is ahead counts as of today", async () => {
  const id = await aNumber();
  const minute = new Date().getUTCMinutes();
  const counts = [lostAt(id, 5, minute > 1 ? -1 : 0)];
  await reportNow({ counts });
  expect((await readLosses(reader, [id])).get(id)).toMatchObject({ day: 5, week: 5 });
});

test("numbers without a loss, and those not asked for, are left out", async () => {
  const [quiet, other] = [await aNumber(), await aNumber()];
  await reportNow({ counts: [aCount(quiet, { legacy: 5 }), lostAt(other, 1, 0)] });
  expect((await readLosses(reader, [quiet])).size).toBe(0);
  expect((await readLosses(reader, [])).size).toBe(0);
});

test("traffic comes by days of the person's time zone, quiet days included, today last", async () => {
  const id = await aNumber();
  const counts = [0, 1, 30, 200, 700].map((hoursAgo) =>
    aCount(id, {
      hour: anHour(hoursAgo),
      phoneLessDropped: 1,
      phoneLessAccepted: 2,
      phoneAndBsuid: 3,
      legacy: 4,
      unidentified: 5,
    }),
  );
  await reportNow({ counts });
  for (const timeZone of ["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati"]) {
    const days = await readTraffic(reader, { phoneNumberId: id, timeZone, days: 14 });
    expect(days).toHaveLength(14);
    const today = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
    expect(days.map(({ date }) => date)).toEqual(days.map(({ date }) => date).toSorted());
    expect(days.at(-1)?.date).toBe(today.format(new Date(anHour())));
    const total = days.reduce((sum, day) => sum + day.lost, 0);
    expect(total, timeZone).toBe(4);
    const loud = days.find(({ date }) => date === today.format(new Date(anHour(200))));
    expect(loud).toMatchObject({ lost: 1, accepted: 2, withPhone: 7, unidentified: 5 });
  }
});

test("neither is returned without number:read, or for an invalid id", async () => {
  const stranger = aSystem("report:write");
  const input = { phoneNumberId: "1", timeZone: "UTC", days: 14 };
  await expect(readLosses(stranger, ["1"])).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(readTraffic(stranger, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(readTraffic(reader, { ...input, phoneNumberId: "x" })).rejects.toMatchObject({
    code: "INVALID_INPUT",
  });
});
