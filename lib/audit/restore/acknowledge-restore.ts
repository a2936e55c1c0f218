import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { db } from "../../db/client.ts";
import { inAuditedTransaction } from "../../db/transaction.ts";
import { AppError } from "../../errors.ts";
import { parseInput } from "../../parse-input.ts";
import { appendEvents } from "../append-events.ts";
import { GENESIS_HASH } from "../event.ts";
import { compareWithJournal } from "../head/compare-with-journal.ts";
import { readJournal } from "../head/head-journal.ts";
import type { SignedHead } from "../head/signed-head.ts";
import { reasonSchema } from "../reason.ts";

const inputSchema = z.strictObject({
  reason: reasonSchema,
  /** Files of consoles' journals: their heads show what was lost. */
  journals: z.array(z.string().min(1)).min(1),
});

/** The range of lost entries, and the trail's new origin. */
export type AcknowledgedRestore = {
  origin: string;
  restoredToSeq: number;
  lastSeq: number;
};

/**
 * Records in the trail that it was restored to an earlier state: appends `audit.restored` and sets a new
 * origin, so that heads are signed again. Takes `audit:restore`, and a connection as the database's owner.
 *
 * @throws AppError CONFLICT when nothing was lost by the journals' heads; NOT_FOUND when they have no heads
 */
export async function acknowledgeRestore(
  actor: Actor,
  input: z.input<typeof inputSchema>,
): Promise<AcknowledgedRestore> {
  authorize(actor, "audit:restore");
  const { reason, journals } = parseInput(inputSchema, input);
  const { last, agreed } = await findLost(journals);
  const origin = randomUUID();
  const restoredToSeq = agreed?.seq ?? 0;
  await inAuditedTransaction(actor, async (tx) => {
    const [event] = await appendEvents(tx, [
      {
        action: "audit.restored",
        target: { type: "audit", id: "trail", display: "The audit trail" },
        before: null,
        after: {
          origin,
          formerOrigin: last.origin,
          lastSeq: last.seq,
          lastHash: last.hash,
          lastSignedAt: last.signedAt,
          restoredToSeq,
          restoredToHash: agreed?.hash ?? GENESIS_HASH,
        },
        reason,
      },
    ]);
    await tx.db.auditOrigin.create({ data: { origin, sinceSeq: BigInt(event?.seq ?? 0) } });
  });
  return { origin, restoredToSeq, lastSeq: last.seq };
}

/** The journals' last head, which the trail does not continue, and the last one before it whose entry is there. */
async function findLost(journals: readonly string[]) {
  let last: SignedHead | null = null;
  for (const file of journals) {
    for await (const head of readJournal(file)) {
      if (last === null || head.signedAt > last.signedAt) last = head;
    }
  }
  if (last === null) {
    throw new AppError(
      "NOT_FOUND",
      `${journals.join(", ")} has no signed heads, so it does not show what was lost. Name the journal of a console that signed heads with --journal.`,
    );
  }
  const { kind } = await compareWithJournal(db(), last);
  if (kind !== "contradicts") {
    throw new AppError(
      "CONFLICT",
      `The trail goes on from entry ${last.seq}, the last that was signed: nothing was lost, so there is nothing to acknowledge.`,
    );
  }
  return { last, agreed: await findAgreed(journals, last) };
}

async function findAgreed(
  journals: readonly string[],
  { origin }: SignedHead,
): Promise<SignedHead | null> {
  let agreed: SignedHead | null = null;
  for (const file of journals) {
    for await (const head of readJournal(file)) {
      if (head.origin !== origin || head.seq <= (agreed?.seq ?? 0)) continue;
      const { seq, hash } = head;
      if ((await db().auditEvent.count({ where: { seq, hash } })) > 0) agreed = head;
    }
  }
  return agreed;
}
