import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { parseInput } from "../parse-input.ts";
import { MAX_IDS } from "./max-ids.ts";
import { NUMBER_RECORD_INCLUDE, type NumberRecord, toNumberRecord } from "./number-record.ts";
import { phoneNumberIdSchema } from "./phone-number-id.ts";

const idsSchema = z
  .array(phoneNumberIdSchema)
  .max(MAX_IDS, `At most ${MAX_IDS} numbers can be asked for at once.`);

/**
 * Lists the numbers with these ids, retired or not; ignores unknown ids. Takes `number:read`.
 *
 * @throws AppError INVALID_INPUT for a malformed id, or for more than 100
 */
export async function listNumbersById(
  actor: Actor,
  ids: readonly string[],
): Promise<NumberRecord[]> {
  authorize(actor, "number:read");
  const phoneNumberIds = parseInput(idsSchema, ids);
  const rows = await db().number.findMany({
    where: { phoneNumberId: { in: phoneNumberIds } },
    include: NUMBER_RECORD_INCLUDE,
  });
  return rows.map(toNumberRecord);
}
