import { expect, test } from "vitest";
import { toPresets } from "./presets.ts";

const of = (now: string, timeZone: string) =>
  Object.fromEntries(
    toPresets(new Date(now), timeZone).map(({ name, from, to }) => [name, `${from} ${to}`]),
  );

test.each([
  ["UTC", "2026-11-27", "00:00", "2026-11-27", "23:59"],
  ["Asia/Kathmandu", "2026-11-27", "18:15", "2026-11-28", "18:14"],
  ["America/Bogota", "2026-11-27", "05:00", "2026-11-28", "04:59"],
])("today is a day by the clocks of %s", (timeZone, fromDay, from, toDay, to) => {
  const now = timeZone === "UTC" ? "2026-11-27T23:59:59.999Z" : "2026-11-27T20:00:00Z";
  expect(of(now, timeZone).today).toBe(`${fromDay}T${from}:00.000Z ${toDay}T${to}:00.000Z`);
});

test("yesterday is the day before, and the last 7 days are six days and today", () => {
  expect(of("2026-03-01T12:00:00Z", "UTC")).toEqual({
    today: "2026-03-01T00:00:00.000Z 2026-03-01T23:59:00.000Z",
    yesterday: "2026-02-28T00:00:00.000Z 2026-02-28T23:59:00.000Z",
    week: "2026-02-23T00:00:00.000Z 2026-03-01T23:59:00.000Z",
  });
});

test("days on which the clocks change are whole, of 25 and of 23 hours", () => {
  const back = of("2026-10-25T22:30:00Z", "Europe/Berlin");
  expect(back.today).toBe("2026-10-24T22:00:00.000Z 2026-10-25T22:59:00.000Z");
  expect(back.yesterday).toBe("2026-10-23T22:00:00.000Z 2026-10-24T21:59:00.000Z");
  expect(back.week).toBe("2026-10-18T22:00:00.000Z 2026-10-25T22:59:00.000Z");
  const forward = of("2026-03-30T10:00:00Z", "Europe/Berlin");
  expect(forward.yesterday).toBe("2026-03-28T23:00:00.000Z 2026-03-29T21:59:00.000Z");
  expect(forward.week).toBe("2026-03-23T23:00:00.000Z 2026-03-30T21:59:00.000Z");
});

test("a day whose midnight is skipped begins when the clocks went forward", () => {
  const { today, yesterday } = of("2026-03-29T10:00:00Z", "Asia/Beirut");
  expect(today).toBe("2026-03-28T22:00:00.000Z 2026-03-29T20:59:00.000Z");
  expect(yesterday).toBe("2026-03-27T22:00:00.000Z 2026-03-28T21:59:00.000Z");
});
