import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { markPersonal } from "../audit/private/personal-value.ts";
import { reasonSchema } from "../audit/reason.ts";
import { parseInput } from "../parse-input.ts";
import { type ChangedPerson, changePerson } from "./change-person.ts";

export const forgetIdentitySchema = z.strictObject({ personId: z.uuid(), reason: reasonSchema });

/**
 * Unbinds a person from their OpenID identity, and ends their sessions; the next sign-in with their
 * verified address binds a new one. For somebody with a new account at the provider, or another
 * provider. Takes `person:manage`.
 *
 * @throws AppError NOT_FOUND
 */
export async function forgetIdentity(
  actor: Actor,
  input: z.input<typeof forgetIdentitySchema>,
): Promise<ChangedPerson> {
  authorize(actor, "person:manage", { tried: input.personId });
  return await changePerson(actor, parseInput(forgetIdentitySchema, input), (person) => {
    const { openIdIssuer, openIdSubject } = person;
    if (openIdSubject === null) return null;
    return {
      action: "person.identity_forgotten",
      data: { openIdIssuer: null, openIdSubject: null },
      before: { openIdIssuer, openIdSubject: markPersonal(person.id, openIdSubject) },
      after: { openIdIssuer: null, openIdSubject: null },
    };
  });
}
