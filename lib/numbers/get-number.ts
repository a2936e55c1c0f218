import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { NUMBER_RECORD_INCLUDE, type NumberRecord, toNumberRecord } from "./number-record.ts";
import { phoneNumberIdSchema } from "./phone-number-id.ts";

/**
 * Gets one number, retired or not. Takes `number:read`.
 *
 * @throws AppError NOT_FOUND, or INVALID_INPUT for a malformed id
 */
export async function getNumber(actor: Actor, id: string): Promise<NumberRecord> {
  authorize(actor, "number:read");
  const phoneNumberId = parseInput(phoneNumberIdSchema, id);
  const row = await db().number.findUnique({
    where: { phoneNumberId },
    include: NUMBER_RECORD_INCLUDE,
  });
  if (row) return toNumberRecord(row);
  throw new AppError("NOT_FOUND", `No number has the phone_number_id ${phoneNumberId}.`);
}
