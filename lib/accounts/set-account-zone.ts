import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { reasonSchema } from "../audit/reason.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { timeZoneSchema } from "../time-zone.ts";
import { toAccountTarget } from "./account-record.ts";
import { accountIdSchema } from "./get-account.ts";

export const setAccountZoneSchema = z.strictObject({
  accountId: accountIdSchema,
  /** Null when nobody knows. */
  zone: timeZoneSchema.nullable(),
  reason: reasonSchema,
});

/**
 * Sets the time zone of an account, in which its times are shown beside one's own. Takes `account:manage`.
 *
 * @throws AppError NOT_FOUND
 */
export async function setAccountZone(
  actor: Actor,
  input: z.input<typeof setAccountZoneSchema>,
): Promise<{ changed: boolean }> {
  authorize(actor, "account:manage", { tried: input.accountId });
  const { accountId, zone, reason } = parseInput(setAccountZoneSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const account = await tx.db.account.findUnique({ where: { id: accountId } });
    if (!account) throw new AppError("NOT_FOUND", "There is no such account.");
    if (account.zone === zone) return { changed: false };
    await tx.db.account.update({ where: { id: accountId }, data: { zone } });
    const change = { before: { zone: account.zone }, after: { zone } };
    const target = toAccountTarget(account);
    await appendEvents(tx, [{ action: "account.updated", target, ...change, reason }]);
    return { changed: true };
  });
}
