import { appendEvents } from "../audit/append-events.ts";
import type { AuditTarget } from "../audit/event.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import type { NumberRecord } from "../numbers/number-record.ts";

/** Why a change is made; `batchId` joins the events of one bulk change. */
export type Why = { reason: string; ticketUrl?: string | null; batchId?: string };

/** A number's flag and what it shall become. */
export type FlagTarget = { number: NumberRecord; acceptsBsuid: boolean };

/**
 * Flips flags inside an audited transaction: state, revisions and events together. The one
 * place that writes a flag; every verb that changes one comes through here.
 *
 * @param targets numbers as read under the ledger's lock, each with the other value to set
 * @returns the numbers as they are now, in the same order
 */
export async function changeFlags(
  tx: AuditedTransaction,
  targets: readonly FlagTarget[],
  why: Why,
): Promise<NumberRecord[]> {
  if (targets.length === 0) return [];
  const firstRevision = tx.head.revision + 1;
  const changed = targets.map((target, place) => toChanged(tx, target, firstRevision + place));
  await guardedUpdate(tx, changed);
  await appendEvents(
    tx,
    changed.map((number) => ({
      action: number.acceptsBsuid ? "flag.enabled" : "flag.disabled",
      target: toAuditTarget(number),
      before: { acceptsBsuid: !number.acceptsBsuid },
      after: { acceptsBsuid: number.acceptsBsuid },
      reason: why.reason,
      ticketUrl: why.ticketUrl ?? null,
      revision: number.flagRevision,
      batchId: why.batchId,
    })),
  );
  return changed;
}

/** How the trail names a number. */
export function toAuditTarget(
  number: Pick<NumberRecord, "phoneNumberId" | "displayPhoneNumber" | "label">,
): AuditTarget {
  return {
    type: "number",
    id: number.phoneNumberId,
    display: `${number.label} (${number.displayPhoneNumber})`,
  };
}

function toChanged(
  tx: AuditedTransaction,
  { number, acceptsBsuid }: FlagTarget,
  revision: number,
): NumberRecord {
  const { actor } = tx;
  return {
    ...number,
    acceptsBsuid,
    flagVersion: number.flagVersion + 1,
    flagRevision: revision,
    flagChangedAt: tx.now.toISOString(),
    flagChangedBy: actor.type === "person" ? { email: actor.email, name: actor.name } : null,
  };
}

/** The `where` proves the `before` of the events: a row that already is as wanted does not match. */
async function guardedUpdate(
  tx: AuditedTransaction,
  changed: readonly NumberRecord[],
): Promise<void> {
  const ids = changed.map((number) => number.phoneNumberId);
  const accepts = changed.map((number) => number.acceptsBsuid);
  const revisions = changed.map((number) => BigInt(number.flagRevision));
  const personId = tx.actor.type === "person" ? tx.actor.id : null;
  const count = await tx.db.$executeRaw`
    UPDATE number n
    SET accepts_bsuid = c.accepts, flag_version = n.flag_version + 1, flag_revision = c.revision,
        flag_changed_at = ${tx.now}, flag_changed_by_id = ${personId}::uuid
    FROM unnest(${ids}::text[], ${accepts}::boolean[], ${revisions}::bigint[])
         AS c(phone_number_id, accepts, revision)
    WHERE n.phone_number_id = c.phone_number_id
      AND n.accepts_bsuid <> c.accepts AND n.retired_at IS NULL`;
  if (count !== changed.length) {
    throw new Error(`Of ${changed.length} flags read under the lock, ${count} could be changed.`);
  }
}
