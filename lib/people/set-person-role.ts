import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { reasonSchema } from "../audit/reason.ts";
import type { Role } from "../db/generated/enums.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { type ChangedPerson, changePerson } from "./change-person.ts";
import { roleSchema } from "./person-record.ts";
import { toRoleChange } from "./to-role-change.ts";

export const setPersonRoleSchema = z.strictObject({
  personId: z.uuid(),
  role: roleSchema,
  /** The role that was on screen; refused if it has been changed since. */
  expectedRole: roleSchema.optional(),
  reason: reasonSchema,
});

/** The role is no longer the expected one. */
export class StaleRole extends AppError {
  override name = "StaleRole";
  readonly current: Role;

  constructor(current: Role) {
    super("PRECONDITION_FAILED", `The role was changed meanwhile: it is ${current} now.`);
    this.current = current;
  }
}

/**
 * Sets a person's role, and ends their sessions at once. Takes `person:manage`.
 *
 * @throws AppError NOT_FOUND, CONFLICT for the last admin, StaleRole
 */
export async function setPersonRole(
  actor: Actor,
  input: z.input<typeof setPersonRoleSchema>,
): Promise<ChangedPerson> {
  authorize(actor, "person:manage", { tried: input.personId });
  const { role, expectedRole, ...which } = parseInput(setPersonRoleSchema, input);
  return await changePerson(actor, which, (person) => {
    if (person.role === role) return null;
    if (expectedRole && expectedRole !== person.role) throw new StaleRole(person.role);
    return toRoleChange(person, { role, isRoleFromClaim: false });
  });
}
