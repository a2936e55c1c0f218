import { HeldBackImport } from "./held-back-import.ts";
import type { ImportOptions } from "./import-options.ts";
import type { ImportPlan } from "./plan-import.ts";

/** A number that an import switches off because it moves to another portfolio or is retired. */
export type SwitchedOff = { phoneNumberId: string; why: "moves" | "absent" };

/** How many numbers an import may switch off without `expectSwitchedOff`. */
const MAX_SWITCHED_OFF = 10;
/** What percentage of the numbers in service an import may retire without `expectRetired`. */
const MAX_RETIRED_PERCENT = 5;

/** All numbers that an import switches off. */
export function toSwitchedOff(plan: ImportPlan): SwitchedOff[] {
  const moves = plan.movers.map(({ phoneNumberId }) => ({ phoneNumberId, why: "moves" as const }));
  const retired = plan.absent.filter(({ acceptsBsuid }) => acceptsBsuid);
  const absent = retired.map(({ phoneNumberId }) => ({ phoneNumberId, why: "absent" as const }));
  return [...moves, ...absent];
}

/** @throws HeldBackImport when the plan switches off or retires more numbers than allowed or expected */
export function checkPlan(plan: ImportPlan, options: ImportOptions): void {
  const switchedOff = toSwitchedOff(plan);
  if (!isExpected(switchedOff.length, MAX_SWITCHED_OFF, options.expectSwitchedOff)) {
    throw new HeldBackImport({
      does: "switch off",
      phoneNumberIds: switchedOff.map(({ phoneNumberId }) => phoneNumberId),
      parameter: "expectSwitchedOff",
      expected: options.expectSwitchedOff,
    });
  }
  const mostRetired = Math.floor((plan.inServiceCount * MAX_RETIRED_PERCENT) / 100);
  if (!isExpected(plan.absent.length, mostRetired, options.expectRetired)) {
    throw new HeldBackImport({
      does: "retire",
      phoneNumberIds: plan.absent.map(({ phoneNumberId }) => phoneNumberId),
      parameter: "expectRetired",
      expected: options.expectRetired,
    });
  }
}

function isExpected(count: number, most: number, expected: number | undefined): boolean {
  return expected === undefined ? count <= most : count === expected;
}
