import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { reasonSchema } from "../audit/reason.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import {
  NUMBER_RECORD_INCLUDE,
  type NumberRecord,
  toNumberRecord,
} from "../numbers/number-record.ts";
import { phoneNumberIdSchema } from "../numbers/phone-number-id.ts";
import { parseInput } from "../parse-input.ts";
import { changeFlags, toAuditTarget } from "./change-flags.ts";

const retireNumberSchema = z.strictObject({
  phoneNumberId: phoneNumberIdSchema,
  reason: reasonSchema,
});

export type RetireNumberInput = z.input<typeof retireNumberSchema>;

/**
 * Retires a number for good: turns its flag off, and it can never be turned on again. Numbers are
 * not deleted, since the trail refers to them. Does nothing if it is retired already. Takes
 * `number:retire`.
 *
 * @throws AppError NOT_FOUND
 */
export async function retireNumber(
  actor: Actor,
  input: RetireNumberInput,
): Promise<{ changed: boolean; number: NumberRecord }> {
  authorize(actor, "number:retire", { tried: input.phoneNumberId });
  const { phoneNumberId, reason } = parseInput(retireNumberSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const row = await tx.db.number.findUnique({
      where: { phoneNumberId },
      include: NUMBER_RECORD_INCLUDE,
    });
    if (!row) {
      throw new AppError("NOT_FOUND", `No number has the phone_number_id ${phoneNumberId}.`);
    }
    const number = toNumberRecord(row);
    if (number.retiredAt) return { changed: false, number };

    const batch = number.acceptsBsuid ? { batchId: uuidv7() } : {};
    const changes = number.acceptsBsuid ? [{ number, acceptsBsuid: false }] : [];
    const [switchedOff = number] = await changeFlags(tx, changes, { reason, ...batch });
    await tx.db.number.update({ where: { phoneNumberId }, data: { retiredAt: tx.now } });
    const retiredAt = tx.now.toISOString();
    const change = { before: { retiredAt: null }, after: { retiredAt } };
    await appendEvents(tx, [
      { action: "number.retired", target: toAuditTarget(number), ...change, reason, ...batch },
    ]);
    return { changed: true, number: { ...switchedOff, retiredAt } };
  });
}
