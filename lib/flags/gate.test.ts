import { expect, test } from "vitest";
import type { NumberRecord } from "../numbers/number-record.ts";
import { type Door, decideChanges } from "./gate.ts";

const number = (overrides: Partial<NumberRecord> = {}): NumberRecord => ({
  phoneNumberId: "1",
  displayPhoneNumber: "+5511912345678",
  label: "Sales",
  account: { id: "a", name: "Acme", manager: null },
  portfolioId: "9",
  wabaId: "2",
  acceptsBsuid: false,
  flagVersion: 3,
  flagRevision: 7,
  flagChangedAt: null,
  flagChangedBy: null,
  retiredAt: null,
  ...overrides,
});

type Case = {
  now?: Partial<NumberRecord>;
  takesTwo?: boolean;
  wanted: { acceptsBsuid: boolean; expectedVersion?: number };
};

function decide(door: Door, { now, takesTwo = false, wanted }: Case): string {
  const decision = decideChanges([{ phoneNumberId: "1", ...wanted }], {
    door,
    numbers: new Map([["1", number(now)]]),
    needingTwoPeople: new Set(takesTwo ? ["1"] : []),
  });
  const { passed, needApproval, unchanged, refusals } = decision;
  expect(passed.length + needApproval.length + unchanged.length + refusals.length).toBe(1);
  if (passed.length > 0) return "done";
  if (needApproval.length > 0) return "request";
  return refusals[0]?.why ?? "unchanged";
}

const on = { acceptsBsuid: true };
const off = { acceptsBsuid: false };
const isOn = { acceptsBsuid: true };
const retired = { retiredAt: "2026-11-01T00:00:00.000Z" };

// Columns: direct, approved, forced, required.
test.each<[string, Case, string, string, string, string]>([
  ["turn on", { wanted: on }, "done", "done", "done", "off-only"],
  ["make phone-only", { now: isOn, wanted: off }, "done", "done", "done", "done"],
  ["turn on, two people", { takesTwo: true, wanted: on }, "request", "done", "done", "off-only"],
  [
    "off, two people",
    { now: isOn, takesTwo: true, wanted: off },
    "request",
    "done",
    "done",
    "done",
  ],
  ["already so", { wanted: off }, "unchanged", "unchanged", "unchanged", "unchanged"],
  ["already so, two people", { takesTwo: true, wanted: off }, ...repeat("unchanged")],
  ["retired", { now: retired, wanted: on }, ...repeat("retired")],
  ["retired, two people", { now: retired, takesTwo: true, wanted: on }, ...repeat("retired")],
  ["retired, already so", { now: retired, wanted: off }, ...repeat("retired")],
  ["stale", { wanted: { ...on, expectedVersion: 2 } }, ...repeat("stale")],
  ["stale, already so", { wanted: { ...off, expectedVersion: 2 } }, ...repeat("stale")],
  [
    "stale, two people",
    { takesTwo: true, wanted: { ...on, expectedVersion: 2 } },
    ...repeat("stale"),
  ],
  ["as seen", { wanted: { ...on, expectedVersion: 3 } }, "done", "done", "done", "off-only"],
])("the gate about %s", (_, situation, ...expected) => {
  const doors = ["direct", "approved", "forced", "required"] as const;
  expect(doors.map((door) => decide(door, situation))).toEqual(expected);
});

function repeat(outcome: string): [string, string, string, string] {
  return [outcome, outcome, outcome, outcome];
}

test("a number that is not known, or named twice, is refused by its position", () => {
  const view = { numbers: new Map([["1", number()]]), needingTwoPeople: new Set<string>() };
  const changes = ["1", "2", "1"].map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: true }));
  const { passed, refusals } = decideChanges(changes, { ...view, door: "direct" });
  expect(passed.map(({ number: { phoneNumberId } }) => phoneNumberId)).toEqual(["1"]);
  expect(refusals).toEqual([
    { why: "unknown", index: 1, phoneNumberId: "2" },
    { why: "repeated", index: 2, phoneNumberId: "1" },
  ]);
});
