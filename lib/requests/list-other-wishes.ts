import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { toPrismaRunner } from "../db/sql-runner.ts";
import { MAX_CHANGES } from "../flags/max-changes.ts";
import { type OtherWish, readOtherWishes } from "../flags/pending/read-other-wishes.ts";
import { phoneNumberIdSchema } from "../numbers/phone-number-id.ts";
import { parseInput } from "../parse-input.ts";

const listOtherWishesSchema = z.strictObject({
  phoneNumberIds: z.array(phoneNumberIdSchema).max(MAX_CHANGES),
});

/**
 * Lists what waits for any of these numbers before somebody asks for them: carrying one out makes the others
 * void. At most 20, oldest first. Takes `desk:read`.
 */
export async function listOtherWishes(
  actor: Actor,
  input: z.input<typeof listOtherWishesSchema>,
): Promise<OtherWish[]> {
  authorize(actor, "desk:read");
  return await readOtherWishes(toPrismaRunner(db()), parseInput(listOtherWishesSchema, input));
}
