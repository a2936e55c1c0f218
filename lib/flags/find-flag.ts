import type { Actor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { isUnavailable } from "../db/is-unavailable.ts";
import { phoneNumberIdSchema } from "../numbers/phone-number-id.ts";
import { parseInput } from "../parse-input.ts";
import { readFlags } from "./read-flags.ts";

/** One number's flag. A number the console does not know, or a retired one, is off. */
export type Flag = {
  phoneNumberId: string;
  acceptsBsuid: boolean;
  known: boolean;
  cursor: string;
  revision: number;
};

/**
 * One number's flag, from memory. Whether a number that is off is known is asked of the
 * database, and answered `false` while that is away. Takes `flag:read`.
 *
 * @throws AppError INVALID_INPUT for a malformed id; an unknown one is an answer
 */
export async function findFlag(actor: Actor, id: string): Promise<Flag> {
  const { timeline } = await readFlags(actor);
  const phoneNumberId = parseInput(phoneNumberIdSchema, id);
  const { cursor, revision } = timeline;
  const acceptsBsuid = timeline.acceptsBsuid(phoneNumberId);
  const isKnown = acceptsBsuid || (await isInService(phoneNumberId));
  return { phoneNumberId, acceptsBsuid, known: isKnown, cursor, revision };
}

async function isInService(phoneNumberId: string): Promise<boolean> {
  try {
    return (await db().number.count({ where: { phoneNumberId, retiredAt: null } })) === 1;
  } catch (error) {
    if (isUnavailable(error)) return false;
    throw error;
  }
}
