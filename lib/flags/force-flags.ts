import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { requireBrowserSession } from "../access/require-browser-session.ts";
import { appendEvents } from "../audit/append-events.ts";
import { reasonSchema } from "../audit/reason.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import type { NumberRecord } from "../numbers/number-record.ts";
import { parseInput } from "../parse-input.ts";
import { changeFlags } from "./change-flags.ts";
import { toLimits } from "./change-limits.ts";
import { refreshRunningFeed } from "./flag-feed.ts";
import { decideChanges } from "./gate.ts";
import { describeChanges } from "./pending/describe-changes.ts";
import { readGateView } from "./read-gate-view.ts";
import { RefusedChanges } from "./refused-changes.ts";
import { setFlagsSchema } from "./set-flags.ts";

export const forceFlagsSchema = setFlagsSchema
  .pick({ changes: true, reason: true, ticketUrl: true })
  /** Why it cannot wait for a second person. */
  .extend({ forceReason: reasonSchema });

export type ForceFlagsInput = z.input<typeof forceFlagsSchema>;

/**
 * Changes flags at once although the account needs two people ("break-glass"): for an admin in a browser
 * session, with a reason of its own. Every admin is told, and another one reviews it.
 *
 * @returns the numbers that changed, and the batch that the review list shows; null when nothing changed
 * @throws AppError FORBIDDEN; CONFLICT where one person is enough; RefusedChanges naming each unknown, retired, repeated or stale number
 */
export async function forceFlags(
  actor: Actor,
  input: ForceFlagsInput,
): Promise<{ changed: NumberRecord[]; unchanged: NumberRecord[]; batchId: string | null }> {
  authorize(actor, "flag:force");
  const { changes, reason, ticketUrl = null, forceReason } = parseInput(forceFlagsSchema, input);
  const person = requireBrowserSession(actor, "Forcing a change");
  const ids = changes.map(({ phoneNumberId }) => phoneNumberId);
  const limits = toLimits(changes.length);
  const work = async (tx: AuditedTransaction) => {
    const view = await readGateView(toPrismaRunner(tx.db), ids);
    const { passed, unchanged, refusals } = decideChanges(changes, { ...view, door: "forced" });
    if (refusals.length > 0) throw new RefusedChanges(refusals);
    if (passed.length === 0) return { changed: [], unchanged, batchId: null };
    if (!passed.some(({ number }) => view.needingTwoPeople.has(number.phoneNumberId))) {
      const message =
        "Nothing was changed: one person is enough for these numbers. Change them as usual.";
      throw new AppError("CONFLICT", message);
    }
    const batchId = uuidv7();
    const display = describeChanges(passed);
    const changed = await changeFlags(tx, passed, { reason, ticketUrl, batchId });
    await tx.db.forcedChange.create({
      data: { batchId, display, forcedById: person.id, reason: forceReason, forcedAt: tx.now },
    });
    await appendEvents(tx, [
      {
        action: "flag.forced",
        target: { type: "batch", id: batchId, display },
        before: null,
        after: { numbers: passed.length },
        reason: forceReason,
        ticketUrl,
        batchId,
      },
    ]);
    return { changed, unchanged, batchId };
  };
  const result = await inAuditedTransaction(actor, work, limits);
  if (result.changed.length > 0) await refreshRunningFeed();
  return result;
}
