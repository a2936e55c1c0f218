import { v7 as uuidv7 } from "uuid";
import type { PersonActor } from "../access/actor.ts";
import { chainEvents, findActorPersonalValues, toInserts } from "../audit/append-events.ts";
import { type CommitmentSet, readCommitmentSet } from "../audit/private/commitment-set.ts";
import type { Prisma } from "../db/generated/client.ts";
import type { HeldLedger } from "../db/ledger.ts";
import { inSharedTransaction } from "../db/shared-transaction.ts";
import { planFlips, toFlipWrites } from "../flags/change-flags.ts";
import { toLimits } from "../flags/change-limits.ts";
import type { PassedChange } from "../flags/gate.ts";
import { type PendingSet, readPendingSet } from "../flags/pending/pending-set.ts";
import { readGateView } from "../flags/read-gate-view.ts";
import { type ApprovalResult, toApproved, toFailed, type WantedApproval } from "./approval.ts";
import { decideApproval } from "./decide-approval.ts";
import { type Approval, lockApproval } from "./read-approval.ts";

/** Approves a request and flips what it asks for, in one transaction of two round trips. */
export async function applyRequest(wanted: WantedApproval): Promise<ApprovalResult> {
  const { approver, request, approving } = wanted;
  const { id: requestId, phoneNumberIds: ids } = request;
  return await inSharedTransaction({
    actors: [approver],
    read: (runner) =>
      Promise.all([
        lockApproval(runner, requestId),
        readGateView(runner, ids),
        readPendingSet(runner, ids),
        readCommitmentSet(runner, findActorPersonalValues(approver, request.requester)),
      ]),
    decide: (ledger, [current, gate, pending, values], [ended]) => {
      if (ended) throw ended;
      const { version } = approving;
      const decision = decideApproval(current, { approver, version, gate, now: ledger.now });
      if ("failure" in decision) {
        const { failure } = decision;
        const { draft, write } = toFailed(ledger, current, failure);
        const events = chainEvents(ledger, { actor: approver, drafts: [draft], values });
        return {
          result: { state: "failed", failure },
          writes: [write, ...toInserts(events, values)],
        };
      }
      const { passed } = decision;
      return flip(ledger, { wanted, request: current, passed, pending, values });
    },
    ...toLimits(ids.length),
  });
}

type Flip = {
  wanted: WantedApproval;
  request: Approval;
  passed: PassedChange[];
  pending: PendingSet;
  values: CommitmentSet;
};

function flip(
  ledger: HeldLedger,
  { wanted, request, passed, pending, values }: Flip,
): { result: ApprovalResult; writes: Prisma.Sql[] } {
  const { approver } = wanted;
  const batchId = uuidv7();
  const approved = toApproved(ledger, wanted, { request, state: "approved", batchId });
  const [event] = chainEvents(ledger, { actor: approver, drafts: [approved.draft], values });
  const flips = planFlips(ledger, {
    actor: byRequest(approver),
    changes: passed,
    why: {
      reason: request.reason,
      ticketUrl: request.ticketUrl,
      batchId,
      onBehalfOf: wanted.request.requester,
    },
    values,
    pending,
    carriedOut: { requestId: request.id },
  });
  const events = event ? [event, ...flips.events] : flips.events;
  return {
    result: { state: "approved", batchId, changed: flips.numbers.length },
    writes: [approved.write, ...toFlipWrites([{ ...flips, events }], values)],
  };
}

/** The approver, as the trail shows them where they carry out what somebody else asked for. */
function byRequest(approver: PersonActor): PersonActor {
  return { ...approver, origin: { ...approver.origin, channel: "request" } };
}
