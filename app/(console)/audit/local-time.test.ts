import { expect, test } from "vitest";
import { toInstant, toLocalInput } from "./local-time.ts";

test.each([
  ["2026-11-22T10:00", "Asia/Kathmandu", "2026-11-22T04:15:00.000Z"],
  ["2026-11-22T10:00", "America/Sao_Paulo", "2026-11-22T13:00:00.000Z"],
  ["2026-07-01T00:00", "Europe/Berlin", "2026-06-30T22:00:00.000Z"],
  // The clocks of New York go forward at 02:00 and back at 02:00.
  ["2026-03-08T01:59", "America/New_York", "2026-03-08T06:59:00.000Z"],
  ["2026-03-08T03:00", "America/New_York", "2026-03-08T07:00:00.000Z"],
  ["2026-11-01T00:59", "America/New_York", "2026-11-01T04:59:00.000Z"],
  ["2026-11-01T02:00", "America/New_York", "2026-11-01T07:00:00.000Z"],
])("%s in %s is %s, and back", (local, zone, instant) => {
  expect(toInstant(local, zone)?.toISOString()).toBe(instant);
  expect(toLocalInput(new Date(instant), zone)).toBe(local);
});

test("an instant means the same in every zone", () => {
  for (const zone of ["Asia/Kathmandu", "America/New_York"]) {
    expect(toInstant("2026-11-22T10:00:00.000Z", zone)?.toISOString()).toBe(
      "2026-11-22T10:00:00.000Z",
    );
  }
});

test.each(["yesterday", "2026-13-01T10:00", ""])("%j is no time", (text) => {
  expect(toInstant(text, "UTC")).toBeNull();
});
