import type { Actor } from "../access/actor.ts";
import {
  type AuditDraft,
  chainEvents,
  findActorPersonalValues,
  toInserts,
} from "../audit/append-events.ts";
import type { AuditTarget, SignedEvent } from "../audit/event.ts";
import { type CommitmentSet, readCommitmentSet } from "../audit/private/commitment-set.ts";
import { Prisma } from "../db/generated/client.ts";
import type { HeldLedger } from "../db/ledger.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import type { NumberRecord } from "../numbers/number-record.ts";

/** Why a change is made; `batchId` joins the events of one bulk change. */
export type Why = { reason: string; ticketUrl?: string | null; batchId?: string };

/** A number, and the value to set its flag to. */
export type FlagTarget = { number: NumberRecord; acceptsBsuid: boolean };

/** Flips with their revisions and events, not written yet. */
export type PlannedFlips = {
  actor: Actor;
  /** The numbers after the flips, in the order of the targets. */
  numbers: NumberRecord[];
  events: SignedEvent[];
};

/**
 * Flips flags in an audited transaction: state, revisions and events together. Every verb that
 * changes a flag calls this, or its two steps, `planFlips` and `toFlipWrites`.
 *
 * @param targets numbers as read under the ledger's lock, each with the opposite of its flag
 * @returns the numbers after the flips, in the same order
 */
export async function changeFlags(
  tx: AuditedTransaction,
  targets: readonly FlagTarget[],
  why: Why,
): Promise<NumberRecord[]> {
  const { actor } = tx;
  const values = await readCommitmentSet(toPrismaRunner(tx.db), findActorPersonalValues(actor));
  const flips = planFlips(tx, { actor, targets, why, values });
  for (const write of toFlipWrites([flips], values)) await tx.db.$executeRaw(write);
  return flips.numbers;
}

type WantedFlips = {
  actor: Actor;
  targets: readonly FlagTarget[];
  why: Why;
  values: CommitmentSet;
};

/** Plans an actor's flips: gives them the next revisions and events after the ledger's head. */
export function planFlips(
  ledger: HeldLedger,
  { actor, targets, why, values }: WantedFlips,
): PlannedFlips {
  const firstRevision = ledger.head.revision + 1;
  const flippedAt = ledger.now.toISOString();
  const numbers = targets.map((target, index) => ({
    ...toFlipped(target, actor),
    flagRevision: firstRevision + index,
    flagChangedAt: flippedAt,
  }));
  const drafts = numbers.map(
    (number): AuditDraft => ({
      action: number.acceptsBsuid ? "flag.enabled" : "flag.disabled",
      target: toAuditTarget(number),
      before: { acceptsBsuid: !number.acceptsBsuid },
      after: { acceptsBsuid: number.acceptsBsuid },
      reason: why.reason,
      ticketUrl: why.ticketUrl ?? null,
      revision: number.flagRevision,
      batchId: why.batchId,
    }),
  );
  const events = chainEvents(ledger, { actor, drafts, values });
  return { actor, numbers, events };
}

/**
 * The statements that write planned flips. Their `where` proves the `before` of the events: a row
 * that already has the value does not match, and at commit the database refuses an event whose
 * flag did not change.
 */
export function toFlipWrites(flips: readonly PlannedFlips[], values: CommitmentSet): Prisma.Sql[] {
  const events = flips.flatMap((each) => each.events);
  const numbers = flips.flatMap((each) => each.numbers);
  if (numbers.length === 0) return [];
  const changedBy = flips.flatMap(({ actor, numbers }) =>
    numbers.map(() => (actor.type === "person" ? actor.id : null)),
  );
  const update = Prisma.sql`
    UPDATE number n
    SET accepts_bsuid = c.accepts, flag_version = n.flag_version + 1, flag_revision = c.revision,
        flag_changed_at = c.changed_at, flag_changed_by_id = c.changed_by_id
    FROM unnest(${numbers.map((number) => number.phoneNumberId)}::text[],
                ${numbers.map((number) => number.acceptsBsuid)}::boolean[],
                ${numbers.map((number) => number.flagRevision)}::bigint[],
                ${numbers.map((number) => number.flagChangedAt)}::timestamptz[],
                ${changedBy}::uuid[])
         AS c(phone_number_id, accepts, revision, changed_at, changed_by_id)
    WHERE n.phone_number_id = c.phone_number_id
      AND n.accepts_bsuid <> c.accepts AND n.retired_at IS NULL`;
  return [update, ...toInserts(events, values)];
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

function toFlipped({ number, acceptsBsuid }: FlagTarget, actor: Actor): NumberRecord {
  return {
    ...number,
    acceptsBsuid,
    flagVersion: number.flagVersion + 1,
    flagChangedBy: actor.type === "person" ? { email: actor.email, name: actor.name } : null,
  };
}
