import type { Actor } from "../access/actor.ts";
import {
  type AuditDraft,
  chainEvents,
  findActorPersonalValues,
  type OnBehalfOf,
  toInserts,
} from "../audit/append-events.ts";
import type { AuditTarget, SignedEvent } from "../audit/event.ts";
import { type CommitmentSet, readCommitmentSet } from "../audit/private/commitment-set.ts";
import { Prisma } from "../db/generated/client.ts";
import type { HeldLedger } from "../db/ledger.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import type { NumberRecord } from "../numbers/number-record.ts";
import type { FlagTarget, PassedChange } from "./gate.ts";
import { type CarriedOut, type PendingSet, readPendingSet } from "./pending/pending-set.ts";

/** Why a change is made; `batchId` joins the events of one bulk change. */
export type Why = {
  reason: string;
  ticketUrl?: string | null;
  batchId?: string;
  /** Who asked for it, when somebody else approved. */
  onBehalfOf?: OnBehalfOf | undefined;
};

/** Flips with their revisions and events, not written yet. */
export type PlannedFlips = {
  actor: Actor;
  /** The numbers after the flips, in the order of the targets. */
  numbers: NumberRecord[];
  /** Of the flips, and of the requests and schedules that they end. */
  events: SignedEvent[];
  /** What ends those requests and schedules. */
  endings: Prisma.Sql[];
};

/**
 * Flips flags in an audited transaction: state, revisions and events together, and the end of every request
 * and schedule that is bound to what the numbers were before. Every verb that changes a flag calls this, or
 * its two steps, `planFlips` and `toFlipWrites`.
 *
 * @param changes what passed the gate in this transaction
 * @param carriedOut the request and schedule that these changes carry out, which the caller ends
 * @returns the numbers after the flips, in the same order
 */
export async function changeFlags(
  tx: AuditedTransaction,
  changes: readonly PassedChange[],
  why: Why,
  carriedOut?: CarriedOut,
): Promise<NumberRecord[]> {
  const { actor } = tx;
  const runner = toPrismaRunner(tx.db);
  const values = await readCommitmentSet(runner, findActorPersonalValues(actor, why.onBehalfOf));
  const ids = changes.map(({ number }) => number.phoneNumberId);
  const pending = await readPendingSet(runner, ids);
  const flips = planFlips(tx, { actor, changes, why, values, pending, carriedOut });
  for (const write of toFlipWrites([flips], values)) await tx.db.$executeRaw(write);
  return flips.numbers;
}

type WantedFlips = {
  actor: Actor;
  changes: readonly PassedChange[];
  why: Why;
  values: CommitmentSet;
  /** Of all these numbers. */
  pending: PendingSet;
  carriedOut?: CarriedOut | undefined;
};

/** Plans an actor's flips: gives them the next revisions and events after the ledger's head. */
export function planFlips(
  ledger: HeldLedger,
  { actor, changes, why, values, pending, carriedOut }: WantedFlips,
): PlannedFlips {
  const firstRevision = ledger.head.revision + 1;
  const flippedAt = ledger.now.toISOString();
  const numbers = changes.map((target, index) => ({
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
      onBehalfOf: why.onBehalfOf,
    }),
  );
  const moves = numbers.map((number) => ({ number, how: "changed" as const }));
  const ended = pending.end(ledger, { moves, carriedOut, batchId: why.batchId });
  const events = chainEvents(ledger, { actor, drafts: [...drafts, ...ended.drafts], values });
  return { actor, numbers, events, endings: ended.writes };
}

/**
 * The statements that write planned flips. Their `where` proves the `before` of the events: a row
 * that already has the value does not match, and at commit the database refuses an event whose
 * flag did not change. What flips no number may have events all the same.
 */
export function toFlipWrites(flips: readonly PlannedFlips[], values: CommitmentSet): Prisma.Sql[] {
  const events = flips.flatMap((each) => each.events);
  const numbers = flips.flatMap((each) => each.numbers);
  if (events.length === 0) return [];
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
  const updates = numbers.length > 0 ? [update] : [];
  return [...updates, ...flips.flatMap(({ endings }) => endings), ...toInserts(events, values)];
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
