import type { Person } from "../db/generated/client.ts";
import type { Role } from "../db/generated/enums.ts";
import type { OpenIdIdentity } from "./openid-identity.ts";

/** Why somebody whom the provider knows is not let in here. */
export type OpenIdRefusal =
  | "unknown"
  | "disabled"
  | "unverified"
  | "other_identity"
  | "no_role"
  | "last_admin";

/** What is known here when the provider sends somebody. */
export type OpenIdCase = {
  identity: OpenIdIdentity;
  /** Who signed in as this identity before. */
  bound: Person | null;
  /** Who has the address that the provider vouches for. */
  addressee: Person | null;
  /** The installation named this address, and has no other admin who could let people in. */
  isFirstAdmin: boolean;
};

type Decision =
  | { kind: "refuse"; why: OpenIdRefusal; person: Person | null }
  | { kind: "accept"; person: Person; role: Role | null }
  | { kind: "create"; email: string; role: Role };

/**
 * Whether the identity gets in, as whom, and with which role. Denied unless somebody was invited
 * or the provider's claim names a role. An address only serves to meet an invited person for the
 * first time: later the identity alone counts, so that a reused address opens nobody's account.
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
