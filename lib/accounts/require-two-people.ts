import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { reasonSchema } from "../audit/reason.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { toAccountTarget } from "./account-record.ts";
import { accountIdSchema } from "./get-account.ts";

export const requireTwoPeopleSchema = z.strictObject({
  accountId: accountIdSchema,
  reason: reasonSchema,
});

/**
 * Makes every change of a flag in an account take two people, from now on: one who asks and another who
 * approves. What waits already is carried out under the rule, too. Takes `account:two-people`.
 *
 * @throws AppError NOT_FOUND
 */
export async function requireTwoPeople(
  actor: Actor,
  input: z.input<typeof requireTwoPeopleSchema>,
): Promise<{ changed: boolean }> {
  authorize(actor, "account:two-people", { tried: input.accountId });
  const { accountId, reason } = parseInput(requireTwoPeopleSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const account = await tx.db.account.findUnique({ where: { id: accountId } });
    if (!account) throw new AppError("NOT_FOUND", "There is no such account.");
    if (account.needsTwoPeople) return { changed: false };
    await tx.db.account.update({ where: { id: accountId }, data: { needsTwoPeople: true } });
    const change = { before: { needsTwoPeople: false }, after: { needsTwoPeople: true } };
    const target = toAccountTarget(account);
    await appendEvents(tx, [{ action: "account.two_people_required", target, ...change, reason }]);
    return { changed: true };
  });
}
