import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { getConfig } from "../config.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";

/** What a new installation needs before its first flip, and whether it has it. */
export type Setup = {
  /** Whether sign-in by password or by an identity provider is on. */
  canAnybodySignIn: boolean;
  /**
   * The person who becomes admin when they first sign in through the identity provider; null when nobody
   * does.
   */
  comingAdmin: string | null;
  admin: "none" | "cannot sign in" | "can sign in";
  /** Whether a service token that may read flags and report is valid now. */
  hasRuntimeToken: boolean;
  hasNumbers: boolean;
};

/** Reads what the installation has. Takes `settings:read`. */
export async function readSetup(actor: Actor): Promise<Setup> {
  authorize(actor, "settings:read");
  const { oidc, passwordSignIn, bootstrapAdminEmail } = getConfig();
  const isAdmin = { role: "admin", disabledAt: null } as const;
  const [admin, adminWithPassword, token, number] = await Promise.all([
    db().person.findFirst({ where: isAdmin, select: { id: true } }),
    db().person.findFirst({
      where: { ...isAdmin, passwordHash: { not: null } },
      select: { id: true },
    }),
    db().token.findFirst({
      where: {
        personId: null,
        scopes: { hasEvery: ["flags:read", "reports:write"] },
        revokedAt: null,
        expiresAt: { gt: databaseNow() },
      },
      select: { id: true },
    }),
    db().number.findFirst({ where: { retiredAt: null }, select: { phoneNumberId: true } }),
  ]);
  const canAdminSignIn = oidc !== null || (passwordSignIn && adminWithPassword !== null);
  return {
    canAnybodySignIn: oidc !== null || passwordSignIn,
    comingAdmin: oidc === null ? null : bootstrapAdminEmail,
    admin: admin === null ? "none" : canAdminSignIn ? "can sign in" : "cannot sign in",
    hasRuntimeToken: token !== null,
    hasNumbers: number !== null,
  };
}
