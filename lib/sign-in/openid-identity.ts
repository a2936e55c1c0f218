import { z } from "zod";
import type { Role } from "../db/generated/enums.ts";
import { AppError } from "../errors.ts";
import { every } from "../every.ts";
import { emailSchema } from "../people/person-record.ts";

/** Somebody's identity from verified OpenID claims. */
export type OpenIdIdentity = {
  issuer: string;
  /** Unique at the issuer and never reused, unlike an email address. */
  subject: string;
  /** Null when the provider gives no verified address. */
  verifiedEmail: string | null;
  name: string | null;
  /** The strongest role in the claim; null when it has none of ours. */
  role: Role | null;
};

const claimsSchema = z.object({
  iss: z.string().min(1).max(500),
  sub: z.string().min(1).max(255),
  email: emailSchema.optional().catch(undefined),
  // Some providers send it as text.
  email_verified: z.union([z.boolean(), z.stringbool()]).optional().catch(false),
  name: z.string().trim().min(1).max(100).optional().catch(undefined),
});

/** Somebody with several roles in the claim gets the first of these. */
const STRONGEST_FIRST = every<Role>()(["admin", "support", "auditor", "account_manager"]);

/**
 * Maps the claims of an ID token whose signature, issuer, audience, nonce and times were checked
 * (OpenID Connect Core 1.0, 3.1.3.7).
 *
 * @param how.roleClaim the claim with roles, or its path (`realm_access.roles`); null when there is none
 * @param how.trustsEmail accepts an address that the provider marks neither as verified nor as unverified
 * @throws AppError INVALID_INPUT when a required claim is missing
 */
export function toOpenIdIdentity(
  claims: unknown,
  { roleClaim, trustsEmail }: { roleClaim: string | null; trustsEmail: boolean },
): OpenIdIdentity {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) throw new AppError("INVALID_INPUT", "The provider's claims are incomplete.");
  const { iss: issuer, sub: subject, email, email_verified, name } = parsed.data;
  const isVerified = email_verified ?? trustsEmail;
  return {
    issuer,
    subject,
    verifiedEmail: isVerified ? (email ?? null) : null,
    name: name ?? null,
    role: roleClaim === null ? null : strongest(findClaim(claims, roleClaim)),
  };
}

/** Tries the full name before the path: some providers' claims are URLs, with dots in them. */
function findClaim(claims: unknown, name: string): unknown {
  const whole = ownValue(claims, name);
  if (whole !== undefined) return whole;
  return name.split(".").reduce(ownValue, claims);
}

function ownValue(of: unknown, name: string): unknown {
  if (typeof of !== "object" || of === null || !Object.hasOwn(of, name)) return undefined;
  return (of as Record<string, unknown>)[name];
}

function strongest(value: unknown): Role | null {
  const named = Array.isArray(value) ? value : [value];
  return STRONGEST_FIRST.find((role) => named.includes(role)) ?? null;
}
