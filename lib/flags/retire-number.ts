import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { reasonSchema } from "../audit/reason.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import type { NumberRecord } from "../numbers/number-record.ts";
import { phoneNumberIdSchema } from "../numbers/phone-number-id.ts";
import { parseInput } from "../parse-input.ts";
import { changeFlags, toAuditTarget } from "./change-flags.ts";
import { decideChanges } from "./gate.ts";
import { endPending } from "./pending/end-pending.ts";
import { readGateView } from "./read-gate-view.ts";

export const retireNumberSchema = z.strictObject({
  phoneNumberId: phoneNumberIdSchema,
  reason: reasonSchema,
});

export type RetireNumberInput = z.input<typeof retireNumberSchema>;

/**
 * Retires a number for good: turns its flag off, and it can never be turned on again. Numbers are
 * not deleted, since the trail refers to them. Does nothing if it is retired already. Takes
 * `number:retire`.
 *
 * @throws AppError NOT_FOUND, or CONFLICT when it is on in an account that needs two people
 */
export async function retireNumber(
  actor: Actor,
  input: RetireNumberInput,
): Promise<{ changed: boolean; number: NumberRecord }> {
  authorize(actor, "number:retire", { tried: input.phoneNumberId });
  const { phoneNumberId, reason } = parseInput(retireNumberSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const view = await readGateView(toPrismaRunner(tx.db), [phoneNumberId]);
    const number = view.numbers.get(phoneNumberId);
    if (!number) {
      throw new AppError("NOT_FOUND", `No number has the phone_number_id ${phoneNumberId}.`);
    }
    if (number.retiredAt) return { changed: false, number };

    const changes = [{ phoneNumberId, acceptsBsuid: false }];
    const { passed, needApproval } = decideChanges(changes, { ...view, door: "direct" });
    if (needApproval.length > 0) {
      const message = `It is on, and ${number.account.name} needs two people for a change. Make it phone-only first.`;
      const issues = [{ path: "phoneNumberId", message }];
      throw new AppError("CONFLICT", `The number was not retired. ${message}`, issues);
    }
    const batch = passed.length > 0 ? { batchId: uuidv7() } : {};
    const [switchedOff = number] = await changeFlags(tx, passed, { reason, ...batch });
    await tx.db.number.update({ where: { phoneNumberId }, data: { retiredAt: tx.now } });
    const retiredAt = tx.now.toISOString();
    const change = { before: { retiredAt: null }, after: { retiredAt } };
    await appendEvents(tx, [
      { action: "number.retired", target: toAuditTarget(number), ...change, reason, ...batch },
    ]);
    await endPending(tx, [{ number: switchedOff, how: "retired" }], batch.batchId);
    return { changed: true, number: { ...switchedOff, retiredAt } };
  });
}
