import type { Actor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { isUnavailable } from "../db/is-unavailable.ts";
import { phoneNumberIdSchema } from "../numbers/phone-number-id.ts";
import { parseInput } from "../parse-input.ts";
import { readFlags } from "./read-flags.ts";

/** One number's flag, which is off for unknown and retired numbers. */
export type Flag = {
  phoneNumberId: string;
  acceptsBsuid: boolean;
  known: boolean;
  cursor: string;
  revision: number;
};

/**
 * Finds one number's flag, from memory. For a number that is off, `known` comes from the database,
 * and is false while that is unavailable. Takes `flag:read`.
 *
 * @throws AppError INVALID_INPUT for a malformed id, but not for an unknown one
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
