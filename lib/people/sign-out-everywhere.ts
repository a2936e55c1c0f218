import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { requireReason } from "../access/require-reason.ts";
import { reasonSchema } from "../audit/reason.ts";
import { parseInput } from "../parse-input.ts";
import { changePerson } from "./change-person.ts";
import type { PersonRecord } from "./person-record.ts";

export const signOutEverywhereSchema = z.strictObject({
  personId: z.uuid(),
  reason: reasonSchema.optional(),
});

/**
 * Ends all sessions and personal tokens of a person at once, on every instance: the actor's own, or somebody
 * else's with `person:manage` and a reason. Service tokens stay: they belong to programs.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND, INVALID_INPUT when a needed reason is missing
 */
export async function signOutEverywhere(
  actor: Actor,
  input: z.input<typeof signOutEverywhereSchema>,
): Promise<PersonRecord> {
  const { personId, reason } = parseInput(signOutEverywhereSchema, input);
  if (actor.type !== "person" || actor.id !== personId) {
    authorize(actor, "person:manage", { tried: personId });
    requireReason(reason);
  }
  const which = { personId, reason: reason ?? null, endsTokens: true };
  return await changePerson(actor, which, (person) => ({
    action: "session.ended_everywhere",
    data: {},
    before: { sessionVersion: person.sessionVersion },
    after: { sessionVersion: person.sessionVersion + 1 },
  }));
}
