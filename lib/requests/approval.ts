import type { PersonActor } from "../access/actor.ts";
import { type AuditDraft, appendEvents } from "../audit/append-events.ts";
import { Prisma } from "../db/generated/client.ts";
import type { HeldLedger } from "../db/ledger.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import { toRequestTarget } from "../flags/pending/open-request.ts";
import type { Approval, Asked } from "./read-approval.ts";

/** Somebody's approval of the version that they were shown, with their words. */
export type WantedApproval = {
  approver: PersonActor;
  request: Asked;
  approving: { version: number; decision?: string | undefined };
};

/** What an approval came to; `failure` says why the request failed for good instead. */
export type ApprovalResult =
  | { state: "approved"; batchId: string | null; changed: number }
  | { state: "scheduled"; at: string }
  | { state: "failed"; failure: string };

type Ending = { draft: AuditDraft; write: Prisma.Sql };

/** What records an approval: as carried out, with the batch of its flips, or as scheduled. */
export function toApproved(
  ledger: HeldLedger,
  { approver, request: { requester }, approving }: WantedApproval,
  {
    request,
    state,
    batchId = null,
  }: { request: Approval; state: "approved" | "scheduled"; batchId?: string | null },
): Ending {
  const decision = approving.decision ?? null;
  const endedAt = state === "approved" ? ledger.now : null;
  return {
    draft: {
      action: "request.approved",
      target: toRequestTarget(request),
      before: { state: request.state },
      after: {
        state,
        version: approving.version,
        ...(state === "scheduled" && request.at ? { at: request.at.toISOString() } : {}),
      },
      reason: decision,
      onBehalfOf: requester,
      batchId: batchId ?? undefined,
    },
    write: Prisma.sql`
      UPDATE change_request SET state = ${state}, decided_by_id = ${approver.id}::uuid,
        decided_at = ${ledger.now}, decision = ${decision}, ended_at = ${endedAt},
        batch_id = ${batchId}::uuid
      WHERE id = ${request.id}::uuid AND state = 'open'`,
  };
}

/** What ends a request that could not be approved any more. */
export function toFailed(ledger: HeldLedger, request: Approval, why: string): Ending {
  return {
    draft: {
      action: "request.failed",
      target: toRequestTarget(request),
      before: { state: request.state },
      after: { state: "failed", why },
    },
    write: Prisma.sql`
      UPDATE change_request SET state = 'failed', why = ${why}, ended_at = ${ledger.now}
      WHERE id = ${request.id}::uuid AND state = 'open'`,
  };
}

/** Writes what records an approval, or the failure of one. */
export async function writeEnding(tx: AuditedTransaction, ending: Ending): Promise<void> {
  await tx.db.$executeRaw(ending.write);
  await appendEvents(tx, [ending.draft]);
}
