import type { AuditTarget } from "../audit/event.ts";
import type { Session } from "../db/generated/client.ts";

/** How somebody showed who they are. */
export type SignInMethod = "openid" | "password";

/** However busy: then the person signs in again. */
export const SESSION_LIFE_MS = 8 * 3_600_000;
/** How long the row of a session that is over is kept. */
export const SESSION_KEPT_DAYS = 30;
/** Nothing was asked for that long: the browser was closed, or the machine sleeps. */
export const SESSION_IDLE_MS = 3_600_000;

/** The sessions that still let their person in, as far as their own row says. */
export function standingAt(now: Date) {
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
