import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { markPersonal } from "../audit/private/personal-value.ts";
import { reasonSchema } from "../audit/reason.ts";
import { parseInput } from "../parse-input.ts";
import { type ChangedPerson, changePerson } from "./change-person.ts";
import { emailSchema, nameSchema } from "./person-record.ts";
import { requireFreeEmail } from "./require-free-email.ts";

export const renamePersonSchema = z.strictObject({
  personId: z.uuid(),
  name: nameSchema,
  email: emailSchema,
  reason: reasonSchema,
});

/**
 * Changes a person's name or email address, which they sign in with unless they are bound to an account
 * at the identity provider. Earlier entries of the trail keep the old ones; sessions go on. Takes
 * `person:manage`.
 *
 * @throws AppError NOT_FOUND, CONFLICT when the address is taken
 */
export async function renamePerson(
  actor: Actor,
  input: z.input<typeof renamePersonSchema>,
): Promise<ChangedPerson> {
  authorize(actor, "person:manage", { tried: input.personId });
  const { name, email, ...which } = parseInput(renamePersonSchema, input);
  return await changePerson(actor, { ...which, keepsSessions: true }, async (person, tx) => {
    const isNewName = person.name !== name;
    const isNewEmail = person.email !== email;
    if (!isNewName && !isNewEmail) return null;
    if (isNewEmail) await requireFreeEmail(tx, email);
    const changed = (of: { name: string; email: string }) => ({
      ...(isNewName ? { name: of.name } : {}),
      ...(isNewEmail ? { email: of.email } : {}),
    });
    const data = changed({ name, email });
    const marked = (of: { name: string; email: string }) =>
      Object.fromEntries(
        Object.entries(changed(of)).map(([field, value]) => [
          field,
          markPersonal(person.id, value),
        ]),
      );
    return {
      action: "person.renamed",
      data,
      before: marked(person),
      after: marked({ name, email }),
    };
  });
}
