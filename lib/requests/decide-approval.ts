import type { PersonActor } from "../access/actor.ts";
import { holds } from "../access/permissions.ts";
import { decideChanges, type GateView, type PassedChange } from "../flags/gate.ts";
import { findRequesterProblem } from "../flags/pending/requester.ts";
import { explain } from "../flags/refused-changes.ts";
import { toLastMoment } from "../schedules/last-moment.ts";
import { describeEnd, toMinute } from "./describe-end.ts";
import { EndedRequest } from "./lock-request.ts";
import type { Approval } from "./read-approval.ts";
import { requireApprover } from "./require-decider.ts";
import { requireVersion } from "./require-version.ts";

/** What an approval comes to: changes that may be made now or later, or why the request fails for good. */
export type ApprovalDecision = { passed: PassedChange[] } | { failure: string };

/**
 * Decides about an approval with the ledger held: nothing that was checked before the lock counts.
 *
 * @throws EndedRequest when it was decided, withdrawn, made void or ran out of time before
 * @throws AppError FORBIDDEN for who asked for it or edited it last
 * @throws StaleRequest when it was edited since it was shown
 */
export function decideApproval(
  request: Approval,
  {
    approver,
    version,
    gate,
    now,
  }: { approver: PersonActor; version: number; gate: GateView; now: Date },
): ApprovalDecision {
  if (request.state !== "open") throw new EndedRequest(toEndWords(request, now));
  requireApprover(approver, request);
  requireVersion(request, version);
  requireInTime(request, now);
  const failure = findRequesterProblem(request.requester) ?? findLiftProblem(request);
  if (failure) return { failure };
  const changes = request.changes.map(({ flagVersion, ...change }) => ({
    ...change,
    expectedVersion: flagVersion,
  }));
  const { passed, unchanged, refusals } = decideChanges(changes, { ...gate, door: "approved" });
  const [refusal] = refusals;
  if (refusal) return { failure: explain(refusal) };
  const [same] = unchanged;
  return same ? { failure: `${same.phoneNumberId} is already as asked for.` } : { passed };
}

function findLiftProblem({ liftsTwoPeopleOfId, requester }: Approval): string | null {
  if (!liftsTwoPeopleOfId || holds(requester.role, "account:two-people")) return null;
  return "Who asked for it is not an admin any more.";
}

/** What became of a request that can no longer be approved. */
function toEndWords({ requester, ...request }: Approval, now: Date): string {
  const at = request.at?.toISOString() ?? null;
  return describeEnd({ ...request, at, requestedBy: requester }, now);
}

/** Time that runs out never approves: the console ends such a request within a minute. */
function requireInTime(request: Approval, now: Date): void {
  const { expiresAt } = request;
  if (expiresAt <= now) {
    throw new EndedRequest(`It expired: nobody approved it by ${toMinute(expiresAt)}. Ask again.`);
  }
  const last = toLastMoment(request);
  if (last && last <= now) {
    throw new EndedRequest(`It expired: it was to be carried out by ${toMinute(last)}. Ask again.`);
  }
}
