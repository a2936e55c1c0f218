import { z } from "zod";
import { reasonSchema } from "../audit/reason.ts";
import { parseInput } from "../parse-input.ts";
import type { Actor } from "./actor.ts";
import { authorize } from "./authorize.ts";
import { changePerson } from "./change-person.ts";
import { type PersonRecord, roleSchema } from "./person-record.ts";

const setPersonRoleSchema = z.strictObject({
  personId: z.uuid(),
  role: roleSchema,
  reason: reasonSchema,
});

/**
 * Sets a person's role, and ends their sessions at once. Takes `person:manage`.
 *
 * @throws AppError NOT_FOUND
 */
export async function setPersonRole(
  actor: Actor,
  input: z.input<typeof setPersonRoleSchema>,
): Promise<PersonRecord> {
  authorize(actor, "person:manage");
  const { role, ...which } = parseInput(setPersonRoleSchema, input);
  return await changePerson(actor, which, (person) => {
    if (person.role === role) return null;
    return {
      action: "person.role_changed",
      data: { role },
      before: { role: person.role },
      after: { role },
    };
  });
}
