import { type SwitchedOff, toSwitchedOff } from "./check-plan.ts";
import type { ImportOptions } from "./import-options.ts";
import type { ImportPlan } from "./plan-import.ts";
import type { RosterWarning, WarningList } from "./roster-warning.ts";

/** How many of the roster's numbers were new, stored otherwise, and as they were. */
export type ImportResult = {
  created: number;
  updated: number;
  unchanged: number;
  /** How many left service, where the roster was to retire what it leaves out. */
  retired?: number;
  /** Of a dry run: the first 100 that an import would switch off, and how many there are. */
  wouldSwitchOff?: SwitchedOff[];
  wouldSwitchOffCount?: number;
  /** Of a dry run that retires: the first 100 phone_number_ids, and how many there are. */
  wouldRetire?: string[];
  wouldRetireCount?: number;
  /** What is strange about the roster and no reason to refuse it: the first 100, and how many. */
  warnings?: readonly RosterWarning[];
  warningCount?: number;
};

const MOST_NAMED = 100;

export function toResult(
  plan: ImportPlan,
  warnings: WarningList,
  { retireAbsent }: ImportOptions,
): ImportResult {
  const retired = retireAbsent ? { retired: plan.absent.length } : {};
  return { ...toCounts(plan), ...retired, ...toNamed(warnings) };
}

/** What an import would do. */
export function toDryRun(
  plan: ImportPlan,
  warnings: WarningList,
  { retireAbsent }: ImportOptions,
): ImportResult {
  const switchedOff = toSwitchedOff(plan);
  const absent = plan.absent.map(({ phoneNumberId }) => phoneNumberId);
  const retired = { wouldRetire: absent.slice(0, MOST_NAMED), wouldRetireCount: absent.length };
  return {
    ...toCounts(plan),
    wouldSwitchOff: switchedOff.slice(0, MOST_NAMED),
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
