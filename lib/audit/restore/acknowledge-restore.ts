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
  /** Journals of the consoles that signed; one names what was lost as far as it knows. */
  journals: z.array(z.string().min(1)).min(1),
});

/** What was said to be lost, and the origin of the trail from now on. */
export type AcknowledgedRestore = {
  origin: string;
  restoredToSeq: number;
  lastSeq: number;
};

/**
 * Says in the trail that it was restored to an earlier state: an entry `audit.restored` and a new origin,
 * from which heads are signed again. Takes `audit:restore`, and the database's owner: the application's
 * role may not.
 *
 * @throws AppError CONFLICT when the trail goes on from all heads of the journals; NOT_FOUND when they have none
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

/** The last head that the trail does not go on from, and the last one before it whose entry it has. */
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
      `No head is in ${journals.join(", ")}, so that nothing tells what was lost. Name the journal of a console that signed heads with --journal.`,
    );
  }
  const { kind } = await compareWithJournal(db(), last);
  if (kind !== "contradicts") {
    throw new AppError(
      "CONFLICT",
      `The trail goes on from entry ${last.seq}, the last that was signed: nothing was lost, and nothing is to be said.`,
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
