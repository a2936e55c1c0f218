import { expect, test } from "vitest";
import { timeZoneSchema } from "./time-zone.ts";

test.each([
  ["America/Sao_Paulo", "America/Sao_Paulo"],
  [" europe/madrid ", "Europe/Madrid"],
  ["Asia/Kolkata", "Asia/Kolkata"],
  ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"],
  ["Australia/Lord_Howe", "Australia/Lord_Howe"],
  ["utc", "UTC"],
])("%s is the zone %s", (typed, zone) => {
  expect(timeZoneSchema.parse(typed)).toBe(zone);
});

test.each(["", "+03:00", "Brazil time", "Europe/Atlantis", "Europe/Madrid\n; DROP", 3, null])(
  "%s is no zone",
  (typed) => {
    expect(timeZoneSchema.safeParse(typed).success).toBe(false);
  },
);
