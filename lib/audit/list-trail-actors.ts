import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import type { AuditEvent } from "./event.ts";

/** Somebody who is in the trail, by the name of their latest entry. */
export type TrailActor = Pick<AuditEvent["actor"], "id" | "type" | "name">;

const MOST_ACTORS = 500;

/**
 * Who is in the trail, in order of name, at most 500. Takes `audit:read`. Goes from one actor to
 * the next by the index, so that it costs by the number of actors and not of entries.
 */
export async function listTrailActors(actor: Actor): Promise<TrailActor[]> {
  authorize(actor, "audit:read");
  const found = await db().$queryRaw<TrailActor[]>`
    WITH RECURSIVE latest AS (
      (SELECT actor_id, seq FROM audit_event ORDER BY actor_id, seq DESC LIMIT 1)
      UNION ALL
      SELECT following.* FROM latest CROSS JOIN LATERAL (
        SELECT actor_id, seq FROM audit_event WHERE actor_id > latest.actor_id
        ORDER BY actor_id, seq DESC LIMIT 1) AS following
    )
    SELECT actor_id AS id, actor_type AS type, actor_name AS name
    FROM (SELECT seq FROM latest LIMIT ${MOST_ACTORS}) AS bounded JOIN audit_event USING (seq)`;
  return found.sort((one, other) => one.name.localeCompare(other.name, "en"));
}
