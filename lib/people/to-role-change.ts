import type { Role } from "../db/generated/enums.ts";
import type { PersonChange } from "./change-person.ts";

type HeldRole = { role: Role; isRoleFromClaim: boolean };

/** The change from one role to another, or in who gives it; null when both are the same. */
export function toRoleChange(from: HeldRole, to: HeldRole): PersonChange | null {
  const isOtherRole = from.role !== to.role;
  const isOtherGiver = from.isRoleFromClaim !== to.isRoleFromClaim;
  if (!isOtherRole && !isOtherGiver) return null;
  const changed = ({ role, isRoleFromClaim }: HeldRole) => ({
    ...(isOtherRole ? { role } : {}),
    ...(isOtherGiver ? { isRoleFromClaim } : {}),
  });
  return {
    action: "person.role_changed",
    data: changed(to),
    before: changed(from),
    after: changed(to),
  };
}
