import { type SwitchedOff, toSwitchedOff } from "./check-plan.ts";
import type { ImportOptions } from "./import-options.ts";
import type { ImportPlan } from "./plan-import.ts";
import type { RosterWarning, WarningList } from "./roster-warning.ts";

/** What an import did to the roster's numbers, or in a dry run would do. */
export type ImportResult = {
  created: number;
  updated: number;
  unchanged: number;
  /** With `retireAbsent`: how many numbers were retired. */
  retired?: number;
  /** In a dry run: the first 100 numbers that an import would switch off, and how many there are. */
  wouldSwitchOff?: SwitchedOff[];
  wouldSwitchOffCount?: number;
  /** In a dry run with `retireAbsent`: the first 100 phone_number_ids to retire, and how many there are. */
  wouldRetire?: string[];
  wouldRetireCount?: number;
  /** The first 100 warnings, and how many there are. */
  warnings?: readonly RosterWarning[];
  warningCount?: number;
};

const MAX_NAMED = 100;

export function toResult(
  plan: ImportPlan,
  warnings: WarningList,
  { retireAbsent }: ImportOptions,
): ImportResult {
  const retired = retireAbsent ? { retired: plan.absent.length } : {};
  return { ...toCounts(plan), ...retired, ...toNamed(warnings) };
}

/** The result of a dry run. */
export function toDryRun(
  plan: ImportPlan,
  warnings: WarningList,
  { retireAbsent }: ImportOptions,
): ImportResult {
  const switchedOff = toSwitchedOff(plan);
  const absent = plan.absent.map(({ phoneNumberId }) => phoneNumberId);
  const retired = { wouldRetire: absent.slice(0, MAX_NAMED), wouldRetireCount: absent.length };
  return {
    ...toCounts(plan),
    wouldSwitchOff: switchedOff.slice(0, MAX_NAMED),
    wouldSwitchOffCount: switchedOff.length,
    ...(retireAbsent ? retired : {}),
    ...toNamed(warnings),
  };
}

function toCounts(plan: ImportPlan) {
  return {
    created: plan.created.length,
    updated: plan.updated.length,
    unchanged: plan.unchangedCount,
  };
}

function toNamed(warnings: WarningList) {
  return warnings.count > 0 ? { warnings: warnings.named, warningCount: warnings.count } : {};
}
