import type { Actor, Origin } from "../access/actor.ts";
import { isScope } from "../access/permissions.ts";
import { toAnonymousActor } from "../access/refusal.ts";
import { refusals } from "../access/refusal-log.ts";
import { toTokenTarget } from "../access/targets.ts";
import { markPersonalOrNull } from "../audit/private/personal-value.ts";
import { getConfig } from "../config.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import type { Person, Token } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import { toPersonActor } from "../sessions/to-person-actor.ts";
import { toTokenSecret } from "./token-secret.ts";

/** A token's last use is written at most once a minute. */
const LAST_USED_STEP_MS = 60_000;

/** A stored token and its person. */
export type StoredToken = Token & { person: Person | null };

/**
 * Authenticates a bearer token. Reads the token and its person each time, so that a revoked token, a
 * disabled person and a changed role take effect at the next request.
 *
 * @throws AppError UNAUTHENTICATED for a token that is unknown, expired, revoked, or of a disabled person
 */
export async function authenticateToken(secret: string, origin: Origin): Promise<Actor> {
  const token = await findStoredToken(secret);
  const actor = authenticateStored(token, origin);
  if (token) await recordUse([{ token, from: origin }]);
  return actor;
}

/**
 * Maps a stored token to its actor, and records a refusal in the trail.
 *
 * @throws AppError UNAUTHENTICATED
 */
export function authenticateStored(token: StoredToken | null, origin: Origin): Actor {
  try {
    return toActor(token, origin);
  } catch (error) {
    const why = error instanceof AppError ? error.message : "";
    const ownerId = token?.personId ?? null;
    refusals().record({
      actor: toAnonymousActor(origin),
      action: "token.refused",
      outcome: token ? "denied" : "failed",
      target: token
        ? toTokenTarget(token)
        : { type: "token", id: "unknown", display: "An unknown token" },
      details: {
        why,
        from: markPersonalOrNull(ownerId, origin.ip),
        ...(ownerId === null ? {} : { ownerId }),
      },
      originPersonId: ownerId,
    });
    throw error;
  }
}

export async function findStoredToken(secret: string): Promise<StoredToken | null> {
  const { hash } = toTokenSecret(secret);
  return await db().token.findUnique({ where: { hash }, include: { person: true } });
}

/** Maps a token to its actor. @throws AppError UNAUTHENTICATED, with the reason, for an invalid token */
export function toActor(token: StoredToken | null, origin: Origin): Actor {
  if (!token) throw refused("This token is not known. Check that it was copied whole.");
  if (token.revokedAt) throw refused("This token was revoked. Ask an admin for a new one.");
  if (token.expiresAt <= databaseNow()) throw refused("This token has expired. Make a new one.");
  if (token.person?.disabledAt) throw refused("This token's person is disabled. Ask an admin.");
  if (!token.person) {
    const scopes = token.scopes.filter(isScope);
    return { type: "service", id: token.id, name: token.name, scopes, origin };
  }
  if (token.person.isPasswordTemporary && getConfig().passwordSignIn) {
    throw refused("This token's person has to choose a password first. Sign in with a browser.");
  }
  return toPersonActor(token.person, { tokenId: token.id, origin });
}

/** A use of a token, and where it came from. */
export type TokenUse = {
  token: Pick<StoredToken, "id" | "lastUsedAt">;
  from: Pick<Origin, "ip" | "userAgent">;
};

/** Records when and from where tokens were last used; skips those recorded within the last minute. */
export async function recordUse(uses: readonly TokenUse[]): Promise<void> {
  const now = databaseNow().getTime();
  const pending = uses
    .filter(
      ({ token: { lastUsedAt } }) => !lastUsedAt || now - lastUsedAt.getTime() >= LAST_USED_STEP_MS,
    )
    .map(({ token: { id }, from: { ip, userAgent } }) => ({ id, ip, userAgent }));
  if (pending.length === 0) return;
  await db().$executeRaw`
    UPDATE token
    SET last_used_at = ${new Date(now)}, last_used_ip = used.ip,
        last_used_user_agent = used."userAgent"
    FROM jsonb_to_recordset(${JSON.stringify(pending)}::jsonb)
      AS used(id uuid, ip text, "userAgent" text)
    WHERE token.id = used.id`;
}

function refused(message: string): AppError {
  return new AppError("UNAUTHENTICATED", message);
}
