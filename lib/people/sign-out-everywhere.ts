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
 * Ends every session and every personal token of a person at once, on every instance: one's own, or with
 * `person:manage` and a reason somebody else's. Service tokens stay: they are programs', whoever made them.
 *
 * @throws AppError FORBIDDEN, NOT_FOUND, INVALID_INPUT without a reason where one is needed
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
