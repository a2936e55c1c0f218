import type { AuditTarget } from "../audit/event.ts";
import type { Session } from "../db/generated/client.ts";

/** How somebody signed in. */
export type SignInMethod = "openid" | "password";

/** How long a session lasts at most, even in use. */
export const SESSION_LIFE_MS = 8 * 3_600_000;
/** A session without a request for this long ends. */
export const SESSION_IDLE_MS = 3_600_000;

/** A condition for active sessions; the person's state and session version have to be checked, too. */
export function activeSessionsAt(now: Date) {
  return {
    endedAt: null,
    expiresAt: { gt: now },
    lastSeenAt: { gt: new Date(now.getTime() - SESSION_IDLE_MS) },
  };
}

/** How the trail names a session. */
export function toSessionTarget({ id }: Pick<Session, "id">): AuditTarget {
  return { type: "session", id, display: "Session" };
}
