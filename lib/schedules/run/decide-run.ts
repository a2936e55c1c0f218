import { decideChanges, type GateDecision, type GateView } from "../../flags/gate.ts";
import { findRequesterProblem, type Requester } from "../../flags/pending/requester.ts";
import { explain, type Refusal } from "../../flags/refused-changes.ts";
import { toLastMoment } from "../last-moment.ts";

/** A schedule as it is while its row is locked and the ledger held. */
export type LockedSchedule = {
  id: string;
  display: string;
  at: Date;
  lateHours: number | null;
  isBound: boolean;
  reason: string;
  ticketUrl: string | null;
  requestId: string | null;
  requestDisplay: string | null;
  /** Who asked for that request, as they are now. */
  requester: Requester | null;
  /** When its second half is to begin. */
  endsAt: Date | null;
  changes: { phoneNumberId: string; acceptsBsuid: boolean; flagVersion: number }[];
};

/** Why a schedule was not carried out. */
export type RunFailure = { code: RunFailureCode; why: string };

type RunFailureCode =
  | "NEEDS_TWO_PEOPLE"
  | "STALE"
  | "RETIRED"
  | "NOT_PERMITTED"
  | "TOO_LATE"
  | "UNAVAILABLE";

const HOUR_MS = 3_600_000;

/** Decides whether a schedule is carried out now: its tolerance, its end, then the gate. */
export function decideRun(
  schedule: LockedSchedule,
  gate: GateView,
  now: Date,
): { decision: GateDecision } | { failure: RunFailure } {
  const late = findLateness(schedule, now);
  if (late) return { failure: { code: "TOO_LATE", why: late } };
  const { changes, isBound, requestId, requester } = schedule;
  const loss = requester && findRequesterProblem(requester);
  if (loss) return { failure: { code: "NOT_PERMITTED", why: loss } };
  const wanted = changes.map(({ flagVersion, ...change }) => ({
    ...change,
    expectedVersion: isBound ? flagVersion : undefined,
  }));
  const decision = decideChanges(wanted, { ...gate, door: requestId ? "approved" : "direct" });
  const [refusal] = decision.refusals;
  if (refusal) return { failure: { code: toCode(refusal.why), why: explain(refusal) } };
  const [first] = decision.needApproval;
  if (!first) return { decision };
  const why = `${first.number.account.name} needs two people for a change now.`;
  return { failure: { code: "NEEDS_TWO_PEOPLE", why } };
}

function findLateness(schedule: LockedSchedule, now: Date): string | null {
  const { at, lateHours, endsAt } = schedule;
  if (endsAt && endsAt <= now)
    return `Its time passed, and so did its end, ${endsAt.toISOString()}.`;
  const last = toLastMoment(schedule);
  if (!last || now <= last) return null;
  const hours = Math.floor((now.getTime() - at.getTime()) / HOUR_MS);
  return `It is ${hours} hours late, and ${lateHours} would have been fine.`;
}

function toCode(why: Refusal["why"]): RunFailureCode {
  return why === "retired" ? "RETIRED" : "STALE";
}
