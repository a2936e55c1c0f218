import type { NumberRecord } from "../numbers/number-record.ts";
import type { Refusal } from "./refused-changes.ts";

/**
 * How a change of a flag comes about, as far as the gate cares:
 * `direct` by one person alone, `approved` by two, `forced` by an admin alone in spite of the rule,
 * `required` by Meta's rules (a portfolio move, a number that left the roster), which can only turn off.
 */
export type Door = "direct" | "approved" | "forced" | "required";

/** A number, and the value to set its flag to. */
export type FlagTarget = { number: NumberRecord; acceptsBsuid: boolean };

/** A change that somebody wants; refused as stale when the number has another version than the expected one. */
export type WantedChange = {
  phoneNumberId: string;
  acceptsBsuid: boolean;
  expectedVersion?: number | undefined;
};

/** What the gate looks at, as it is while the ledger is held. */
export type GateView = {
  numbers: ReadonlyMap<string, NumberRecord>;
  /** The ids of those whose account needs two people. */
  needingTwoPeople: ReadonlySet<string>;
};

declare const hasPassed: unique symbol;

/** A change that may be made now. Only the gate makes one, and nothing else is flipped. */
export type PassedChange = FlagTarget & { readonly [hasPassed]: true };

export type GateDecision = {
  /** To be made now. */
  passed: PassedChange[];
  /** To be made once somebody else approves. */
  needApproval: FlagTarget[];
  /** Already as wanted. */
  unchanged: NumberRecord[];
  /** Not to be made; a caller makes none of the others then. */
  refusals: Refusal[];
};

/**
 * Decides about each wanted change: made now, made once somebody else approves, nothing to do, or refused.
 * Every change of a flag passes it in the transaction that makes the change, with the ledger held.
 */
export function decideChanges(
  changes: readonly WantedChange[],
  { door, numbers, needingTwoPeople }: GateView & { door: Door },
): GateDecision {
  const decision: GateDecision = { passed: [], needApproval: [], unchanged: [], refusals: [] };
  const seen = new Set<string>();
  for (const [index, change] of changes.entries()) {
    const { phoneNumberId, acceptsBsuid } = change;
    const number = numbers.get(phoneNumberId);
    const why = seen.has(phoneNumberId) ? "repeated" : findRefusal(number, change, door);
    seen.add(phoneNumberId);
    if (why === "unknown" || why === "repeated" || !number) {
      decision.refusals.push({ why: why === "repeated" ? why : "unknown", index, phoneNumberId });
    } else if (why) {
      decision.refusals.push({ why, index, phoneNumberId, current: number });
    } else if (number.acceptsBsuid === acceptsBsuid) {
      decision.unchanged.push(number);
    } else if (door === "direct" && needingTwoPeople.has(phoneNumberId)) {
      decision.needApproval.push({ number, acceptsBsuid });
    } else {
      // The brand exists in types only; this is the one place that gives it.
      decision.passed.push({ number, acceptsBsuid } as PassedChange);
    }
  }
  return decision;
}

function findRefusal(
  number: NumberRecord | undefined,
  { acceptsBsuid, expectedVersion }: WantedChange,
  door: Door,
): Refusal["why"] | null {
  if (!number) return "unknown";
  if (number.retiredAt) return "retired";
  if (expectedVersion !== undefined && expectedVersion !== number.flagVersion) return "stale";
  if (door === "required" && acceptsBsuid) return "off-only";
  return null;
}
