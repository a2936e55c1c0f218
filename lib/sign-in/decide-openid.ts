import type { Person } from "../db/generated/client.ts";
import type { Role } from "../db/generated/enums.ts";
import type { OpenIdIdentity } from "./openid-identity.ts";

/** Why somebody cannot sign in here, though the provider knows them. */
export type OpenIdRefusal =
  | "unknown"
  | "disabled"
  | "unverified"
  | "other_identity"
  | "no_role"
  | "last_admin";

/** What is known about somebody who signs in through the provider. */
export type OpenIdCase = {
  identity: OpenIdIdentity;
  /** The person bound to this identity. */
  bound: Person | null;
  /** The person with the verified address. */
  addressee: Person | null;
  /** Whether the address is the configured first admin's, and there is no other admin. */
  isFirstAdmin: boolean;
};

type Decision =
  | { kind: "refuse"; why: OpenIdRefusal; person: Person | null }
  | { kind: "accept"; person: Person; role: Role | null }
  | { kind: "create"; email: string; role: Role };

/**
 * Decides whether an identity may sign in, as whom, and with which role. Refuses everybody who was not
 * invited and gets no role from the provider's claim. The address counts only until a person is bound to an
 * identity: after that the identity alone counts, so that a reused address gives no access.
 */
export function decideOpenId({ identity, bound, addressee, isFirstAdmin }: OpenIdCase): Decision {
  const person = bound ?? addressee;
  const refuse = (why: OpenIdRefusal): Decision => ({ kind: "refuse", why, person });
  if (!bound && identity.verifiedEmail === null) return refuse("unverified");
  const role = isFirstAdmin ? "admin" : identity.role;
  if (!person) {
    if (role === null || identity.verifiedEmail === null) return refuse("unknown");
    return { kind: "create", email: identity.verifiedEmail, role };
  }
  if (!bound && person.openIdSubject !== null) return refuse("other_identity");
  if (person.disabledAt) return refuse("disabled");
  if (role === null && person.isRoleFromClaim) return refuse("no_role");
  return { kind: "accept", person, role };
}
