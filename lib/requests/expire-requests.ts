import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { endSchedulesOf } from "../schedules/end-schedules-of.ts";
import { ALWAYS_FINE_SECONDS } from "../schedules/last-moment.ts";
import { toMinute } from "./describe-end.ts";
import { endRequest } from "./end-request.ts";

/** How many are ended at once: each has its entry, and the ledger is held meanwhile. */
const MAX_AT_ONCE = 100;

/** The last moment at which a request may be carried out, as lib/schedules/last-moment.ts says it. */
const LAST_AT = Prisma.sql`CASE WHEN r.late_hours IS NOT NULL THEN
  r.at + make_interval(secs => greatest(r.late_hours * 3600, ${ALWAYS_FINE_SECONDS})) END`;

/** The requests whose time has run out: to be approved, or to be carried out. */
const HAS_EXPIRED = Prisma.sql`(
  (r.state = 'open' AND r.expires_at <= clock_timestamp())
  OR (r.state IN ('open', 'scheduled') AND ${LAST_AT} <= clock_timestamp()))`;

type Row = {
  id: string;
  display: string;
  state: "open" | "scheduled";
  expiresAt: Date;
  lastAt: Date | null;
};

/**
 * Ends the requests whose time has run out, each with its entry. The console's own job: time that runs out
 * never approves. Takes `request:expire`.
 *
 * @returns how many were ended
 */
export async function expireRequests(actor: Actor): Promise<number> {
  authorize(actor, "request:expire");
  const expired = await db().$queryRaw<{ id: string }[]>`
    SELECT r.id FROM change_request r WHERE ${HAS_EXPIRED} ORDER BY r.id LIMIT ${MAX_AT_ONCE}`;
  if (expired.length === 0) return 0;
  return await inAuditedTransaction(actor, async (tx) => {
    const rows = await tx.db.$queryRaw<Row[]>`
      SELECT r.id, r.display, r.state, r.expires_at AS "expiresAt", ${LAST_AT} AS "lastAt"
      FROM change_request r
      WHERE r.id = ANY(${expired.map(({ id }) => id)}::uuid[]) AND ${HAS_EXPIRED}
      ORDER BY r.id FOR UPDATE`;
    for (const row of rows) {
      const why = describeExpiry(row);
      await endSchedulesOf(tx, [row.id], { state: "failed", code: "TOO_LATE", why });
      await endRequest(tx, row, { action: "request.expired", state: "expired", why });
    }
    return rows.length;
  });
}

function describeExpiry({ state, expiresAt, lastAt }: Row): string {
  if (state === "scheduled" && lastAt) return `It was not carried out by ${toMinute(lastAt)}.`;
  const last = lastAt && lastAt < expiresAt ? lastAt : expiresAt;
  return `Nobody approved it by ${toMinute(last)}.`;
}
