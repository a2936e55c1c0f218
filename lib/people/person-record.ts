import { z } from "zod";
import { ROLES, ROLES_IN_WORDS } from "../access/roles.ts";
import type { Person } from "../db/generated/client.ts";
import { nameText } from "../name-text.ts";

export const nameSchema = nameText({ name: "The name", max: 100 });

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email("The e-mail address is not one.").max(254));

export const roleSchema = z.enum(ROLES, {
  error: `The role must be ${ROLES_IN_WORDS}.`,
});

/** A member of staff, without secrets. */
export type PersonRecord = Pick<Person, "id" | "email" | "name" | "role" | "sessionVersion">;

export const PERSON_RECORD_SELECT = {
  id: true,
  email: true,
  name: true,
  role: true,
  sessionVersion: true,
} as const;

export function toPersonRecord({ id, email, name, role, sessionVersion }: Person): PersonRecord {
  return { id, email, name, role, sessionVersion };
}
