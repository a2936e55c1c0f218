import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { parseInput } from "../parse-input.ts";

/** A request or schedule that waits in a person's name. */
export type WaitingWork = {
  kind: "request" | "schedule";
  id: string;
  display: string;
  /** ISO 8601. */
  since: string;
  /** The token that it came by; null for a session. */
  tokenName: string | null;
};

const MAX_WAITING = 200;

/**
 * Lists what waits in a person's name, oldest first: the requests that they asked for and their schedules, with
 * the token that each came by. One's own, or with `person:manage` anybody's.
 *
 * @throws AppError FORBIDDEN, INVALID_INPUT
 */
export async function listWaitingWork(actor: Actor, personId: string): Promise<WaitingWork[]> {
  if (actor.type !== "person" || actor.id !== personId) {
    authorize(actor, "person:manage", { tried: personId });
  }
  const id = parseInput(z.uuid(), personId);
  const rows = await db().$queryRaw<(Omit<WaitingWork, "since"> & { since: Date })[]>`
    SELECT w.kind, w.id, w.display, w.since, t.name AS "tokenName" FROM (
      SELECT 'request' AS kind, r.id, r.display, r.requested_at AS since, r.token_id
      FROM change_request r WHERE r.requested_by_id = ${id}::uuid AND r.state IN ('open', 'scheduled')
      UNION ALL
      SELECT 'schedule', s.id, s.display, s.created_at, s.token_id
      FROM schedule s WHERE s.author_id = ${id}::uuid AND s.state = 'waiting'
    ) AS w LEFT JOIN token t ON t.id = w.token_id
    ORDER BY w.since, w.id LIMIT ${MAX_WAITING}`;
  return rows.map(({ since, ...row }) => ({ ...row, since: since.toISOString() }));
}
