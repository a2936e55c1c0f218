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
 * Gives a person another name or another e-mail address, which is what they sign in with unless
 * they are tied to an account at the identity provider. Entries of the trail go on saying what
 * they were called at the time, and their sessions go on. Takes `person:manage`.
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
    const isNamed = person.name !== name;
    const isMoved = person.email !== email;
    if (!isNamed && !isMoved) return null;
    if (isMoved) await requireFreeEmail(tx, email);
    const changed = (of: { name: string; email: string }) => ({
      ...(isNamed ? { name: of.name } : {}),
      ...(isMoved ? { email: of.email } : {}),
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
