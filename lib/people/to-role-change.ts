import type { Role } from "../db/generated/enums.ts";
import type { PersonChange } from "./change-person.ts";

type RoleSource = { role: Role; isRoleFromClaim: boolean };

/** A change of a role, or of whether it comes from the provider's claim; null when nothing differs. */
export function toRoleChange(from: RoleSource, to: RoleSource): PersonChange | null {
  const isNewRole = from.role !== to.role;
  const isNewSource = from.isRoleFromClaim !== to.isRoleFromClaim;
  if (!isNewRole && !isNewSource) return null;
  const changed = ({ role, isRoleFromClaim }: RoleSource) => ({
    ...(isNewRole ? { role } : {}),
    ...(isNewSource ? { isRoleFromClaim } : {}),
  });
  return {
    action: "person.role_changed",
    data: changed(to),
    before: changed(from),
    after: changed(to),
  };
}
