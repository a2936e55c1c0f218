import fc from "fast-check";
import { expect, test } from "vitest";
import { toLocalInput, toTimeSpan } from "./local-time.ts";

const MINUTE_MS = 60_000;

const spanOf = (text: string, zone: string) => {
  const span = toTimeSpan(text, zone);
  return span && [span.start.toISOString(), span.end.toISOString()];
};

test.each([
  ["2026-11-22T10:00", "Asia/Kathmandu", "2026-11-22T04:15:00.000Z"],
  ["2026-11-22T10:00", "America/Sao_Paulo", "2026-11-22T13:00:00.000Z"],
  ["2026-07-01T00:00", "Europe/Berlin", "2026-06-30T22:00:00.000Z"],
  ["2026-07-01T23:59", "Pacific/Kiritimati", "2026-07-01T09:59:00.000Z"],
  // New York's clocks go forward at 02:00 and back at 02:00.
  ["2026-03-08T01:59", "America/New_York", "2026-03-08T06:59:00.000Z"],
  ["2026-03-08T03:00", "America/New_York", "2026-03-08T07:00:00.000Z"],
  ["2026-11-01T00:59", "America/New_York", "2026-11-01T04:59:00.000Z"],
  ["2026-11-01T02:00", "America/New_York", "2026-11-01T07:00:00.000Z"],
])("%s in %s is the minute from %s, and back", (local, zone, instant) => {
  const end = new Date(Date.parse(instant) + MINUTE_MS).toISOString();
  expect(spanOf(local, zone)).toEqual([instant, end]);
  expect(toLocalInput(new Date(instant), zone)).toBe(local);
});

test.each([
  ["2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00.000Z", "2026-11-01T06:31:00.000Z"],
  ["2026-10-25T02:00", "Europe/Berlin", "2026-10-25T00:00:00.000Z", "2026-10-25T01:01:00.000Z"],
  [
    "2026-04-05T01:45",
    "Australia/Lord_Howe",
    "2026-04-04T14:45:00.000Z",
    "2026-04-04T15:16:00.000Z",
  ],
])("%s is repeated in %s: from the first start to the second end", (local, zone, start, end) => {
  expect(spanOf(local, zone)).toEqual([start, end]);
});

test.each([
  ["2026-03-08T02:30", "America/New_York", "2026-03-08T07:00:00.000Z"],
  ["2026-03-29T02:00", "Europe/Berlin", "2026-03-29T01:00:00.000Z"],
  ["2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:30:00.000Z"],
  ["2018-11-04T00:30", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
  ["2011-12-30T12:00", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
])("%s is skipped in %s: the moment of the change", (local, zone, instant) => {
  expect(spanOf(local, zone)).toEqual([instant, instant]);
});

test.each([
  ["2026-11-22", "UTC", "2026-11-22T00:00:00.000Z", "2026-11-23T00:00:00.000Z"],
  ["2026-03-08", "America/New_York", "2026-03-08T05:00:00.000Z", "2026-03-09T04:00:00.000Z"],
  ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z", "2026-11-02T05:00:00.000Z"],
  // A day that begins at 01:00, and two days that meet in a repeated hour.
  ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z", "2018-11-05T02:00:00.000Z"],
  ["2026-10-31", "America/Havana", "2026-10-31T04:00:00.000Z", "2026-11-01T04:00:00.000Z"],
  ["2026-11-01", "America/Havana", "2026-11-01T04:00:00.000Z", "2026-11-02T05:00:00.000Z"],
])("the day %s in %s spans all its hours", (day, zone, start, end) => {
  expect(spanOf(day, zone)).toEqual([start, end]);
});

const ZONES = [
  "UTC",
  "America/New_York",
  "America/Sao_Paulo",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Europe/London",
  "Pacific/Apia",
  "Pacific/Chatham",
  "Africa/Casablanca",
];

test("every instant is within the minute and the day that its zone's clocks show", () => {
  const instant = fc.date({
    min: new Date("1990-01-01"),
    max: new Date("2036-12-31"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instant, fc.constantFrom(...ZONES), (at, zone) => {
      const local = toLocalInput(at, zone);
      for (const text of [local, local.slice(0, 10), at.toISOString()]) {
        const span = toTimeSpan(text, zone);
        expect(span?.start.getTime()).toBeLessThanOrEqual(at.getTime());
        expect(span?.end.getTime()).toBeGreaterThan(at.getTime());
      }
    }),
    { numRuns: 300 },
  );
});

test("for any year being typed, in any zone, the result is a time or null", () => {
  const day = fc.date({
    min: new Date("0000-01-01"),
    max: new Date("9999-12-31"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(day, fc.constantFrom(...ZONES), (at, zone) => {
      for (const text of [at.toISOString().slice(0, 10), at.toISOString().slice(0, 16)]) {
        const span = toTimeSpan(text, zone);
        if (!span) continue;
        expect(() => [toLocalInput(span.start, zone), span.end.toISOString()]).not.toThrow();
      }
    }),
    { numRuns: 300 },
  );
});

test("an instant means the same in every zone, written with any offset, to its minute", () => {
  for (const zone of ["Asia/Kathmandu", "America/New_York"]) {
    for (const text of [
      "2026-11-22T10:00:00.000Z",
      "2026-11-22T07:00-03:00",
      "2026-11-22T10:00:59Z",
    ]) {
      expect(spanOf(text, zone)).toEqual(["2026-11-22T10:00:00.000Z", "2026-11-22T10:01:00.000Z"]);
    }
  }
});

test.each([
  "yesterday",
  "2026",
  "1",
  "2026-13-01T10:00",
  "2026-02-30",
  "2026-02-30T10:00",
  "2026-02-30T10:00Z",
  "2026-11-22T24:30",
  "2026-11-22T10:60",
  "+012026-11-22T10:00Z",
  "275760-09-13T00:00",
  "2026-11-22 10:00",
  "",
  "0000-01-01",
  "0001-01-01",
  "0001-01-01T00:00",
  "0020-11-22",
  "0999-12-31T23:59",
  "9999-12-31",
  "9999-12-31T23:59",
])("%j is not a valid time", (text) => {
  expect(toTimeSpan(text, "America/New_York")).toBeNull();
});
