import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { toPersonTarget } from "../access/targets.ts";
import { appendEvents } from "../audit/append-events.ts";
import { markPersonal } from "../audit/private/personal-value.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { parseInput } from "../parse-input.ts";
import { hashPassword, newPasswordSchema } from "./password.ts";
import {
  emailSchema,
  nameSchema,
  PERSON_RECORD_SELECT,
  type PersonRecord,
  roleSchema,
} from "./person-record.ts";
import { requireFreeEmail } from "./require-free-email.ts";

export const createPersonSchema = z.strictObject({
  email: emailSchema,
  name: nameSchema,
  role: roleSchema,
  password: newPasswordSchema.optional(),
  /** Whether they chose it themselves: if not, they have to choose one at their first sign-in. */
  isPasswordOwn: z.boolean().default(false),
});

export type CreatePersonInput = z.input<typeof createPersonSchema>;

/**
 * Adds a member of staff. Takes `person:manage`.
 *
 * @throws AppError CONFLICT when the address is taken
 */
export async function createPerson(actor: Actor, input: CreatePersonInput): Promise<PersonRecord> {
  authorize(actor, "person:manage");
  const { password, isPasswordOwn, ...person } = parseInput(createPersonSchema, input);
  const secrets = {
    passwordHash: password === undefined ? null : await hashPassword(password),
    isPasswordTemporary: password !== undefined && !isPasswordOwn,
    passwordMadeById: password !== undefined && actor.type === "person" ? actor.id : null,
  };
  return await inAuditedTransaction(actor, async (tx) => {
    await requireFreeEmail(tx, person.email);
    const created = await tx.db.person.create({
      data: { ...person, ...secrets },
      select: PERSON_RECORD_SELECT,
    });
    await appendEvents(tx, [
      {
        action: "person.created",
        target: toPersonTarget(created),
        before: null,
        after: {
          email: markPersonal(created.id, person.email),
          name: markPersonal(created.id, person.name),
          role: person.role,
        },
      },
    ]);
    return created;
  });
}
