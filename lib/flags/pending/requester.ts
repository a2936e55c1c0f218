import { holds } from "../../access/permissions.ts";
import { Prisma } from "../../db/generated/client.ts";
import type { Role } from "../../db/generated/enums.ts";

/** Who asked for a request, and whether they could ask for it now. */
export type Requester = {
  id: string;
  email: string;
  name: string;
  role: Role;
  isActive: boolean;
  /** Whether it names a number of an account to which they belong neither as manager nor as stand-in. */
  isBeyondAccounts: boolean;
};

/** Whether account `a` is one of those that account managers ask for: `personId` manages it, or stands in. */
export function isOwnAccount(personId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(a.manager_id IS NOT DISTINCT FROM ${personId} OR EXISTS (
    SELECT FROM account_stand_in s WHERE s.account_id = a.id AND s.person_id = ${personId}))`;
}

/** A requester as JSON, in a query over `change_request r`. */
export const REQUESTER = Prisma.sql`(
  SELECT json_build_object('id', p.id, 'email', p.email, 'name', p.name, 'role', p.role,
    'isActive', p.disabled_at IS NULL,
    'isBeyondAccounts', EXISTS (
      SELECT FROM change_request_item i JOIN number n ON n.phone_number_id = i.phone_number_id
      JOIN account a ON a.id = n.account_id
      WHERE i.request_id = r.id AND NOT ${isOwnAccount(Prisma.sql`p.id`)}))
  FROM person p WHERE p.id = r.requested_by_id)`;

/** Why whoever asked could not ask for it any more, in words; null when they could. */
export function findRequesterProblem(requester: Requester): string | null {
  if (!requester.isActive) return "Who asked for it was disabled since.";
  if (!holds(requester.role, "request:create")) {
    return "Who asked for it has another role since, and may not ask for changes.";
  }
  if (requester.role === "account_manager" && requester.isBeyondAccounts) {
    return "Who asked for it does not manage the account any more.";
  }
  return null;
}
