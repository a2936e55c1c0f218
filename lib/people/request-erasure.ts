import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { toErasureDue } from "../audit/private/erasure-wait.ts";
import { reasonSchema } from "../audit/reason.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { type ChangedPerson, changePerson } from "./change-person.ts";
import { emailSchema } from "./person-record.ts";

export const requestErasureSchema = z.strictObject({
  personId: z.uuid(),
  reason: reasonSchema,
  /** Typed by the admin to confirm that this is the right person. */
  expectedEmail: emailSchema,
});

/**
 * Requests the erasure of a disabled person: their name, addresses and browsers, in their record and in the
 * trail. The database's owner applies it after 72 hours at the earliest (`npm run person:erase`); until then
 * any admin can withdraw it. Takes `person:manage`.
 *
 * @throws AppError NOT_FOUND, CONFLICT for the actor themselves or a person who is not disabled, INVALID_INPUT
 */
export async function requestErasure(
  actor: Actor,
  input: z.input<typeof requestErasureSchema>,
): Promise<ChangedPerson> {
  authorize(actor, "person:manage", { tried: input.personId });
  const { expectedEmail, ...which } = parseInput(requestErasureSchema, input);
  if (actor.id === which.personId) {
    throw refuse("You cannot request the erasure of your own data. Ask another admin.");
  }
  return await changePerson(actor, { ...which, keepsSessions: true }, (person, { now }) => {
    if (person.erasureRequestedAt) return null;
    if (!person.disabledAt)
      throw refuse("Disable this person first: they cannot come back once they are erased.");
    if (expectedEmail !== person.email) throw new OtherPerson();
    return {
      action: "person.erasure_requested",
      data: { erasureRequestedAt: now },
      before: null,
      after: { notBefore: toErasureDue(now).toISOString() },
    };
  });
}

/** The typed email address is not this person's. */
class OtherPerson extends AppError {
  constructor() {
    const message = "This is not their e-mail address. Check that this is the right person.";
    super("INVALID_INPUT", message, [{ path: "expectedEmail", message }]);
  }
}

function refuse(message: string): AppError {
  return new AppError("CONFLICT", message, [{ path: "personId", message }]);
}
