import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { deny } from "../access/authorize.ts";
import { toOwnTarget } from "../access/targets.ts";
import type { AuditAction } from "../audit/event.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import { AppError } from "../errors.ts";
import { MAX_PASSWORD_CHARACTERS } from "../people/password.ts";
import type { SignInMethod } from "../sessions/session-record.ts";
import { requireOwnPassword } from "./require-own-password.ts";

/** How long a sign-in by OpenID Connect counts as fresh. */
const FRESH_MINUTES = 10;

/** The password in an input that needs a fresh sign-in; for people who signed in with one. */
export const ownPasswordSchema = z.string().max(MAX_PASSWORD_CHARACTERS).optional();

/** How the actor signed in, and so has to confirm who they are; null without a browser session. */
export async function findSignInMethod(actor: Actor): Promise<SignInMethod | null> {
  return (await findSession(actor))?.method ?? null;
}

/**
 * Requires the actor to confirm who they are, for actions whose effect would outlive a stolen session: by their
 * password, or by a sign-in through the OpenID provider in the last ten minutes. System actors need not.
 *
 * @param asked.action the action, which the trail names if the password is wrong
 * @throws AppError FORBIDDEN without a session, or in one that began with a password that an admin made;
 *   INVALID_INPUT for a missing or wrong password; CONFLICT when the sign-in is too old
 * @throws TooManyAttempts
 */
export async function requireFreshSignIn(
  actor: Actor,
  { password, action }: { password: string | undefined; action: AuditAction },
): Promise<void> {
  if (actor.type === "system") return;
  const session = await findSession(actor);
  const passwordMaker = actor.type === "person" ? actor.passwordMaker : null;
  if (actor.type !== "person" || !session || passwordMaker) {
    const message = passwordMaker
      ? `You signed in with a password that ${passwordMaker.name} made. Sign in by single sign-on, or with a password that an operator made on the server, for this.`
      : "Only a person who is signed in with a browser can do this.";
    const why = passwordMaker ? "a password that an admin made" : "not signed in with a browser";
    throw deny(actor, { why, target: toOwnTarget(actor), message });
  }
  if (session.method === "password") {
    const path = "password";
    if (!password) {
      const message = "Give your password once more.";
      throw new AppError("INVALID_INPUT", message, [{ path, message }]);
    }
    return await requireOwnPassword(actor, password, { action, path });
  }
  const ageMs = databaseNow().getTime() - session.createdAt.getTime();
  if (ageMs <= FRESH_MINUTES * 60_000) return;
  const message = `You signed in more than ${FRESH_MINUTES} minutes ago. Sign out, sign in again, and then do this.`;
  throw new AppError("CONFLICT", message, [{ path: "", message }]);
}

async function findSession(
  actor: Actor,
): Promise<{ method: SignInMethod; createdAt: Date } | null> {
  if (actor.type !== "person" || actor.sessionId === null) return null;
  const session = await db().session.findFirst({
    where: { id: actor.sessionId, personId: actor.id },
    select: { method: true, createdAt: true },
  });
  return session && { ...session, method: session.method === "openid" ? "openid" : "password" };
}
