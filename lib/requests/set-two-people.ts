import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { toAccountTarget } from "../accounts/account-record.ts";
import { accountIdSchema } from "../accounts/get-account.ts";
import { appendEvents } from "../audit/append-events.ts";
import { reasonSchema } from "../audit/reason.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { openRequest } from "../flags/pending/open-request.ts";
import type { RequestWithWishes } from "../flags/pending/request-record.ts";
import { parseInput } from "../parse-input.ts";

export const setTwoPeopleSchema = z.strictObject({
  accountId: accountIdSchema,
  needsTwoPeople: z.boolean({ error: "needsTwoPeople must be true or false." }),
  reason: reasonSchema,
});

/** `request` is what another admin has to approve before the rule is lifted. */
export type SetTwoPeopleResult = { changed: boolean; request: RequestWithWishes | null };

/**
 * Requires two people for every change of a flag in an account, one who asks and another who approves: at
 * once, also for what waits already. To lift the rule again takes two people, too: it opens a request, which
 * another admin approves. Takes `account:two-people`.
 *
 * @throws AppError NOT_FOUND; CONFLICT when somebody has asked to lift it already; RATE_LIMITED when the
 *   actor has too many requests
 */
export async function setTwoPeople(
  actor: Actor,
  input: z.input<typeof setTwoPeopleSchema>,
): Promise<SetTwoPeopleResult> {
  authorize(actor, "account:two-people", { tried: input.accountId });
  const { accountId, needsTwoPeople, reason } = parseInput(setTwoPeopleSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const account = await tx.db.account.findUnique({ where: { id: accountId } });
    if (!account) throw new AppError("NOT_FOUND", "There is no such account.");
    if (account.needsTwoPeople === needsTwoPeople) return { changed: false, request: null };
    if (needsTwoPeople) {
      await requireTwoPeople(tx, account, reason);
      return { changed: true, request: null };
    }
    await requireNoOpenRequest(tx, account);
    const liftsTwoPeopleOf = { id: account.id, name: account.name };
    const request = await openRequest(tx, { targets: [], liftsTwoPeopleOf, reason });
    return { changed: false, request };
  });
}

type Account = { id: string; name: string };

async function requireTwoPeople(
  tx: AuditedTransaction,
  account: Account,
  reason: string,
): Promise<void> {
  await tx.db.account.update({ where: { id: account.id }, data: { needsTwoPeople: true } });
  const change = { before: { needsTwoPeople: false }, after: { needsTwoPeople: true } };
  const target = toAccountTarget(account);
  await appendEvents(tx, [{ action: "account.two_people_required", target, ...change, reason }]);
}

async function requireNoOpenRequest(tx: AuditedTransaction, account: Account): Promise<void> {
  const where = { liftsTwoPeopleOfId: account.id, state: "open" };
  if ((await tx.db.changeRequest.count({ where })) === 0) return;
  const message = `There is an open request to lift the rule of ${account.name}. Approve it, if it is not your own.`;
  throw new AppError("CONFLICT", message);
}
