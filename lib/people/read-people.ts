import { toErasureDue } from "../audit/private/erasure-wait.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import { Prisma } from "../db/generated/client.ts";
import type { Role } from "../db/generated/enums.ts";
import { SESSION_IDLE_MS } from "../sessions/session-record.ts";

/** A member of staff, as the people pages show them. */
export type ListedPerson = {
  id: string;
  email: string;
  name: string;
  role: Role;
  /** Their data was erased for good. */
  isErased: boolean;
  /** The earliest time of a requested erasure, ISO 8601; null when none is requested. */
  erasureDue: string | null;
  hasPassword: boolean;
  /** Somebody else made the password, and they have not chosen their own yet. */
  isPasswordTemporary: boolean;
  /** The admin who made their password, or the one they chose their own with; null when none did. */
  passwordMaker: string | null;
  /** The OpenID provider they are bound to; null until their first sign-in through one. */
  openIdIssuer: string | null;
  /** ISO 8601. */
  disabledAt: string | null;
  createdAt: string;
  /** When they last signed in. */
  signedInAt: string | null;
  /** When one of their sessions or tokens was last used. */
  lastSeenAt: string | null;
  /** Active personal tokens. */
  tokenCount: number;
  /** Active sessions. */
  sessionCount: number;
};

type Times = "disabledAt" | "createdAt" | "signedInAt" | "lastSeenAt";
type Row = Omit<ListedPerson, Times | "erasureDue"> &
  Record<Times, Date | null> & { createdAt: Date; erasureRequestedAt: Date | null };

/** Reads people by a condition on `person p`, by name. */
export async function readPeople(
  condition: Prisma.Sql,
  { limit }: { limit: number },
): Promise<ListedPerson[]> {
  const idleSince = new Date(databaseNow().getTime() - SESSION_IDLE_MS);
  const rows = await db().$queryRaw<Row[]>`
    SELECT p.id, p.email, p.name, p.role::text AS role, p.disabled_at AS "disabledAt",
           p.erased_at IS NOT NULL AS "isErased", p.erasure_requested_at AS "erasureRequestedAt",
           p.created_at AS "createdAt", p.password_hash IS NOT NULL AS "hasPassword",
           p.is_password_temporary AS "isPasswordTemporary",
           (SELECT name FROM person WHERE id = p.password_made_by_id) AS "passwordMaker",
           p.open_id_issuer AS "openIdIssuer",
           s.signed_in_at AS "signedInAt", greatest(s.seen_at, t.used_at) AS "lastSeenAt",
           t.working AS "tokenCount", s.active AS "sessionCount"
    FROM person p, LATERAL (
      SELECT max(last_used_at) AS used_at,
             count(*) FILTER (WHERE revoked_at IS NULL AND expires_at > now())::int AS working
      FROM token WHERE person_id = p.id) t, LATERAL (
      SELECT max(created_at) AS signed_in_at, max(last_seen_at) AS seen_at,
             count(*) FILTER (WHERE ${IS_ACTIVE_SESSION} AND last_seen_at > ${idleSince})::int AS active
      FROM session WHERE person_id = p.id) s
    WHERE ${condition}
    ORDER BY ${NAME_KEY}, p.id
    LIMIT ${limit}`;
  return rows.map(({ erasureRequestedAt, ...row }) => ({
    ...row,
    erasureDue: toDue(row.isErased ? null : erasureRequestedAt),
    createdAt: row.createdAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString() ?? null,
    signedInAt: row.signedInAt?.toISOString() ?? null,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  }));
}

function toDue(requestedAt: Date | null): string | null {
  return requestedAt && toErasureDue(requestedAt).toISOString();
}

/** Whether a session is active; the same rule as in lib/sessions/list-sessions.ts. */
const IS_ACTIVE_SESSION = Prisma.sql`p.disabled_at IS NULL AND session_version = p.session_version
  AND ended_at IS NULL AND expires_at > now()`;

/** The sort key of people. */
export const NAME_KEY = Prisma.sql`lower(p.name)`;
