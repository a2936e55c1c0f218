import { expect, test } from "vitest";
import type { AuditEvent } from "#lib/audit/event.ts";
import { groupByDay } from "./group-by-day.ts";

const at = (occurredAt: string) => ({ id: occurredAt, occurredAt }) as AuditEvent;

const toDays = (times: string[], timeZone: string) =>
  groupByDay(times.map(at), timeZone).map(({ day, events }) => [day, events.length]);

test("an entry stands under the day that the reader's clocks showed", () => {
  const times = [
    "2026-11-26T18:15:00.000Z",
    "2026-11-26T18:14:59.999Z",
    "2026-11-26T03:00:00.000Z",
  ];
  expect(toDays(times, "UTC")).toEqual([["2026-11-26", 3]]);
  expect(toDays(times, "Asia/Kathmandu")).toEqual([
    ["2026-11-27", 1],
    ["2026-11-26", 2],
  ]);
  expect(toDays(times, "America/Bogota")).toEqual([
    ["2026-11-26", 2],
    ["2026-11-25", 1],
  ]);
});

test("the days on which clocks change have 25 and 23 hours", () => {
  const berlin = (times: string[]) => toDays(times, "Europe/Berlin");
  const back = ["2026-10-25T23:00:00Z", "2026-10-25T22:59:59Z", "2026-10-24T22:00:00Z"];
  expect(berlin(back)).toEqual([
    ["2026-10-26", 1],
    ["2026-10-25", 2],
  ]);
  const forward = ["2026-03-29T22:00:00Z", "2026-03-29T21:59:59Z", "2026-03-28T23:00:00Z"];
  expect(berlin(forward)).toEqual([
    ["2026-03-30", 1],
    ["2026-03-29", 2],
  ]);
});

test("no entry moves: a day comes again where times are not in the trail's order", () => {
  const times = ["2026-11-27T00:00:01Z", "2026-11-26T23:59:59Z", "2026-11-27T00:00:00Z"];
  expect(toDays(times, "UTC")).toEqual([
    ["2026-11-27", 1],
    ["2026-11-26", 1],
    ["2026-11-27", 1],
  ]);
  expect(groupByDay([], "UTC")).toEqual([]);
});
