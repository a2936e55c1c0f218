import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize, deny } from "../access/authorize.ts";
import { Prisma } from "../db/generated/client.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
import { toLimits } from "../flags/change-limits.ts";
import { decideChanges, type FlagTarget, type WantedChange } from "../flags/gate.ts";
import { openRequest } from "../flags/pending/open-request.ts";
import type { RequestWithWishes } from "../flags/pending/request-record.ts";
import { isOwnAccount } from "../flags/pending/requester.ts";
import { readGateView } from "../flags/read-gate-view.ts";
import { RefusedChanges, requireAllChange } from "../flags/refused-changes.ts";
import { setFlagsSchema } from "../flags/set-flags.ts";
import { parseInput } from "../parse-input.ts";
import { text } from "../text.ts";
import { toWishedTime, wishedTimeFields } from "./wished-time.ts";

const MAX_CHECKS = 20;
const MAX_CHECK = 200;

export const createRequestSchema = setFlagsSchema
  .pick({ changes: true, reason: true, ticketUrl: true })
  .extend({
    ...wishedTimeFields,
    /** What of the readiness checklist was ticked, as it read. */
    checks: z
      .array(text({ name: "What is ticked", max: MAX_CHECK }))
      .max(MAX_CHECKS)
      .optional(),
  });

/**
 * Asks for changes of flags, which somebody else approves: account managers for numbers of accounts that they
 * manage or stand in for, support and admins for any. Takes `request:create`.
 *
 * @throws AppError FORBIDDEN, INVALID_INPUT; RATE_LIMITED beyond what one person may ask for
 * @throws RefusedChanges naming each unknown, retired, repeated or stale number
 * @throws UnprocessableError naming each number that is already as asked for
 */
export async function createRequest(
  actor: Actor,
  input: z.input<typeof createRequestSchema>,
): Promise<RequestWithWishes> {
  authorize(actor, "request:create");
  const { changes, reason, ticketUrl, checks, ...time } = parseInput(createRequestSchema, input);
  return await inAuditedTransaction(
    actor,
    async (tx) => {
      const targets = await requireTargets(tx, changes);
      await requireOwnAccounts(tx, targets);
      const turnsOn = changes.some(({ acceptsBsuid }) => acceptsBsuid);
      const wish = { targets, reason, ticketUrl, checks };
      return await openRequest(tx, {
        ...wish,
        time: toWishedTime(time, { turnsOn, now: tx.now }),
      });
    },
    toLimits(changes.length),
  );
}

/** The numbers as they are now; a request is bound to all of them. */
async function requireTargets(
  tx: AuditedTransaction,
  changes: readonly WantedChange[],
): Promise<FlagTarget[]> {
  const ids = changes.map(({ phoneNumberId }) => phoneNumberId);
  const view = await readGateView(toPrismaRunner(tx.db), ids);
  const { passed, unchanged, refusals } = decideChanges(changes, { ...view, door: "approved" });
  if (refusals.length > 0) throw new RefusedChanges(refusals);
  requireAllChange(unchanged, ids);
  return passed;
}

/** Account managers ask for the accounts that they manage or stand in for. */
async function requireOwnAccounts(
  { db, actor }: AuditedTransaction,
  targets: readonly FlagTarget[],
): Promise<void> {
  if (actor.type !== "person" || actor.role !== "account_manager") return;
  const ids = [...new Set(targets.map(({ number }) => number.account.id))];
  const [other] = await db.$queryRaw<{ id: string; name: string }[]>`
    SELECT a.id, a.name FROM account a
    WHERE a.id = ANY(${ids}::uuid[]) AND NOT ${isOwnAccount(Prisma.sql`${actor.id}::uuid`)}
    LIMIT 1`;
  if (!other) return;
  throw deny(actor, {
    why: "not_own_account",
    message: `You are neither manager nor stand-in of ${other.name}. Ask for numbers of your own accounts.`,
    target: { type: "account", id: other.id, display: other.name },
  });
}
