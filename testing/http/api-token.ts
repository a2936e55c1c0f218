import type { Scope } from "#lib/access/permissions.ts";
import { db } from "#lib/db/client.ts";
import type { Role } from "#lib/db/generated/enums.ts";
import { aPerson, aToken } from "../factories.ts";

/** Creates a personal token of a person with this role, or a service token with this scope; returns its secret. */
export async function anApiToken(of: Role | Scope): Promise<string> {
  return (await make(of)).secret;
}

/** Creates such a token and ends it in one of these ways. A service token has no owner to disable. */
export async function anEndedApiToken(
  of: Role | Scope,
  how: "revoked" | "expired" | "of somebody disabled" | "of somebody with an admin's password",
): Promise<string> {
  const { id, secret } = await make(of);
  const past = new Date(Date.now() - 1);
  const ends = {
    revoked: { revokedAt: past },
    expired: { expiresAt: past },
    "of somebody disabled": { person: { update: { disabledAt: past } } },
    "of somebody with an admin's password": {
      person: { update: { passwordHash: "an admin's", isPasswordTemporary: true } },
    },
  };
  await db().token.update({ where: { id }, data: ends[how] });
  return secret;
}

async function make(of: Role | Scope): Promise<{ id: string; secret: string }> {
  if (isScopeName(of)) return await aToken({ scopes: [of] });
  return await aToken({ personId: (await aPerson(of)).id });
}

function isScopeName(of: Role | Scope): of is Scope {
  return of.includes(":");
}
