import fc from "fast-check";
import { expect, test } from "vitest";
import { timeZoneSchema } from "../time-zone.ts";
import { localTimeSchema, RefusedLocalTime, toInstant, toLocalTime } from "./local-time.ts";

const at = (localTime: string, zone: string, ambiguous?: "earlier" | "later") =>
  toInstant({ localTime, zone, ambiguous }).toISOString();

test.each([
  ["2027-03-01T09:00", "UTC", "2027-03-01T09:00:00.000Z"],
  ["2027-03-01T09:00:30", "UTC", "2027-03-01T09:00:30.000Z"],
  ["2027-03-01T09:00", "Europe/Madrid", "2027-03-01T08:00:00.000Z"],
  ["2027-07-01T09:00", "Europe/Madrid", "2027-07-01T07:00:00.000Z"],
  ["2027-03-28T01:59:59", "Europe/Madrid", "2027-03-28T00:59:59.000Z"],
  ["2027-03-28T03:00", "Europe/Madrid", "2027-03-28T01:00:00.000Z"],
  ["2027-03-01T09:00", "America/Sao_Paulo", "2027-03-01T12:00:00.000Z"],
  // Brazil's last summer time.
  ["2018-11-04T01:00", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
  ["2027-03-01T09:00", "Asia/Kathmandu", "2027-03-01T03:15:00.000Z"],
  ["2027-03-01T09:00", "Asia/Katmandu", "2027-03-01T03:15:00.000Z"],
  ["2027-01-01T09:00", "Australia/Lord_Howe", "2026-12-31T22:00:00.000Z"],
  ["2027-07-01T09:00", "Australia/Lord_Howe", "2027-06-30T22:30:00.000Z"],
  ["2027-10-03T02:30", "Australia/Lord_Howe", "2027-10-02T15:30:00.000Z"],
  ["2011-12-29T23:59", "Pacific/Apia", "2011-12-30T09:59:00.000Z"],
  ["2011-12-31T00:00", "Pacific/Apia", "2011-12-30T10:00:00.000Z"],
])("%s in %s is %s", (localTime, zone, instant) => {
  expect(at(localTime, zone)).toBe(instant);
  expect(toLocalTime(new Date(instant), zone)).toBe(localTime);
});

test.each([
  ["2027-03-28T02:00", "Europe/Madrid", "2027-03-28T01:59", "2027-03-28T03:00"],
  ["2027-03-28T02:59:59", "Europe/Madrid", "2027-03-28T01:59:59", "2027-03-28T03:00:00"],
  ["2018-11-04T00:30", "America/Sao_Paulo", "2018-11-03T23:59", "2018-11-04T01:00"],
  ["2027-10-03T02:00", "Australia/Lord_Howe", "2027-10-03T01:59", "2027-10-03T02:30"],
  ["2027-10-03T02:29", "Australia/Lord_Howe", "2027-10-03T01:59", "2027-10-03T02:30"],
  ["2011-12-30T12:00", "Pacific/Apia", "2011-12-29T23:59", "2011-12-31T00:00"],
])("%s does not exist in %s: the nearest are %s and %s", (localTime, zone, before, after) => {
  for (const ambiguous of [undefined, "earlier", "later"] as const) {
    const refused = refusalOf({ localTime, zone, ambiguous });
    expect(refused.nearest).toEqual([before, after]);
    expect(refused.message).toContain(`${before} and ${after}`);
    expect(refused.issues).toMatchObject([{ path: "localTime" }]);
  }
});

test.each([
  ["2027-10-31T02:30", "Europe/Madrid", "2027-10-31T00:30:00.000Z", "2027-10-31T01:30:00.000Z"],
  ["2027-10-31T02:00", "Europe/Madrid", "2027-10-31T00:00:00.000Z", "2027-10-31T01:00:00.000Z"],
  ["2018-02-17T23:30", "America/Sao_Paulo", "2018-02-18T01:30:00.000Z", "2018-02-18T02:30:00.000Z"],
  [
    "2027-04-04T01:45",
    "Australia/Lord_Howe",
    "2027-04-03T14:45:00.000Z",
    "2027-04-03T15:15:00.000Z",
  ],
])("%s exists twice in %s, and is asked about", (localTime, zone, earlier, later) => {
  expect(refusalOf({ localTime, zone }).message).toContain("exists twice");
  expect(at(localTime, zone, "earlier")).toBe(earlier);
  expect(at(localTime, zone, "later")).toBe(later);
});

test("a time that exists once is the same whatever was said of repeated ones", () => {
  expect(at("2027-07-01T09:00", "Europe/Madrid", "later")).toBe("2027-07-01T07:00:00.000Z");
});

test("an end that does not exist is refused under its own name", () => {
  const skipped = { localTime: "2027-03-28T02:30", zone: "Europe/Madrid" };
  expect(() => toInstant(skipped, "until")).toThrow(
    expect.objectContaining({ issues: [expect.objectContaining({ path: "until" })] }),
  );
});

test.each([
  "2027-02-29T09:00",
  "2027-13-01T09:00",
  "2027-03-01T24:00",
  "2027-03-01T09:60",
  "2027-03-01T09:00:60",
  "2027-03-01 09:00",
  "2027-03-01T09:00Z",
  "2027-03-01T09:00+01:00",
  "2027-03-01T09:00:00.000",
  "2027-03-01",
  "9999-12-31T23:59",
  "tomorrow",
])("%s is no local time", (text) => {
  expect(localTimeSchema.safeParse(text).success).toBe(false);
});

test("a zone is taken by any name that Intl knows, and by nothing else", () => {
  const names = [
    "UTC",
    "Europe/Madrid",
    "Asia/Kathmandu",
    "Asia/Katmandu",
    "US/Pacific",
    "europe/kyiv",
  ];
  for (const name of names) expect(timeZoneSchema.safeParse(name).success, name).toBe(true);
  for (const name of ["local", "", "+02:00", "Z", "Europe/Atlantis", "system", "Europe/Mad rid"]) {
    expect(timeZoneSchema.safeParse(name).success, name).toBe(false);
  }
});

const ZONES = [
  "UTC",
  "Europe/Madrid",
  "America/Sao_Paulo",
  "America/St_Johns",
  "America/Havana",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Pacific/Apia",
  "Pacific/Chatham",
];

test("every instant is found again by what the clocks showed, as the earlier or the later one", () => {
  const instants = fc.date({
    min: new Date("1990-01-01"),
    max: new Date("2037-12-31"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instants, fc.constantFrom(...ZONES), (date, zone) => {
      const instant = new Date(Math.floor(date.getTime() / 1_000) * 1_000);
      const localTime = toLocalTime(instant, zone);
      const choices = ["earlier", "later"] as const;
      const matches = choices.map((ambiguous) => at(localTime, zone, ambiguous));
      expect(matches).toContain(instant.toISOString());
      expect([...matches].sort()).toEqual(matches);
    }),
  );
});

test("every local time is an instant at which the clocks show it, or has neighbours that exist", () => {
  const locals = fc.date({
    min: new Date("1990-01-01"),
    max: new Date("2037-12-31"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(locals, fc.constantFrom(...ZONES), (date, zone) => {
      const localTime = date.toISOString().slice(0, "2027-03-01T09:00".length);
      const how = { localTime, zone, ambiguous: "earlier" } as const;
      try {
        expect(toLocalTime(toInstant(how), zone)).toBe(localTime);
      } catch (error) {
        if (!(error instanceof RefusedLocalTime) || !error.nearest) throw error;
        const [before, after] = error.nearest;
        expect(before < localTime && localTime < after).toBe(true);
        for (const one of error.nearest) {
          expect(toLocalTime(toInstant({ ...how, localTime: one }), zone)).toBe(one);
        }
      }
    }),
    { numRuns: 1_000 },
  );
});

function refusalOf(how: Parameters<typeof toInstant>[0]): RefusedLocalTime {
  try {
    throw new Error(`It was taken as ${toInstant(how).toISOString()}.`);
  } catch (error) {
    if (error instanceof RefusedLocalTime) return error;
    throw error;
  }
}

test.each([
  ["9999-12-31T23:59", "The year must be one from 2000 to 2999."],
  ["1999-12-31T23:59", "The year must be one from 2000 to 2999."],
  ["2027-02-30T09:00", "No calendar has this time."],
  ["2027-01-01T09:00Z", "Give the local time as 2027-03-01T09:00, seconds optional."],
])("of %s it is said alone: %s", (localTime, message) => {
  const { error } = localTimeSchema.safeParse(localTime);
  expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
});
