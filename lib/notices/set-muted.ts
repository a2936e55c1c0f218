import { z } from "zod";
import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { KIND_RULES, NOTICE_KINDS } from "./notice-kinds.ts";

export const setMutedSchema = z.strictObject({
  kind: z.enum(NOTICE_KINDS),
  isMuted: z.boolean(),
});

/**
 * Switches a kind of notice off or on for the actor. What they were told before stays. Their own preference,
 * so it has no entry in the trail.
 *
 * @throws AppError INVALID_INPUT for a kind that cannot be switched off
 */
export async function setMuted(
  actor: PersonActor,
  input: z.input<typeof setMutedSchema>,
): Promise<void> {
  const { kind, isMuted } = parseInput(setMutedSchema, input);
  const muting = { personId: actor.id, kind };
  if (!isMuted) {
    await db().mutedNotice.deleteMany({ where: muting });
    return;
  }
  if (!KIND_RULES[kind].canMute) {
    const message = "This kind of notice cannot be switched off.";
    throw new AppError("INVALID_INPUT", message, [{ path: "kind", message }]);
  }
  await db().mutedNotice.createMany({ data: [muting], skipDuplicates: true });
}
