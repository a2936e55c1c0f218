import type { Actor } from "../../access/actor.ts";
import { authorize } from "../../access/authorize.ts";
import { db } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import { escapeLike, isStorable } from "../../text.ts";
import type { AuditEvent } from "../event.ts";

/** Somebody who acted in the trail: people with their present name, programs with that of their latest entry. */
export type TrailActor = Pick<AuditEvent["actor"], "id" | "type"> & { name: string };

export type TrailActorList = {
  actors: TrailActor[];
  /** Whether there are more than are listed. */
  hasMore: boolean;
};

const MAX_ACTORS = 500;

const NAME = Prisma.sql`coalesce(person.name, event.actor_identity ->> 'name', event.actor_id)`;

/**
 * Lists who acted in the trail, by name: at most 500 whose names contain `words`, and the chosen actor
 * in any case. Takes `audit:read`. The query skips from one actor to the next in the index, so that its
 * cost grows with the actors and not the entries.
 */
export async function listTrailActors(
  actor: Actor,
  { words = "", chosen = "" }: { words?: string; chosen?: string } = {},
): Promise<TrailActorList> {
  authorize(actor, "audit:read");
  const pattern = `%${escapeLike(isStorable(words) ? words.trim() : "")}%`;
  const rows = await db().$queryRaw<TrailActor[]>`
    WITH RECURSIVE latest AS (
      (SELECT actor_id, seq FROM audit_event ORDER BY actor_id, seq DESC LIMIT 1)
      UNION ALL
      SELECT following.* FROM latest CROSS JOIN LATERAL (
        SELECT actor_id, seq FROM audit_event WHERE actor_id > latest.actor_id
        ORDER BY actor_id, seq DESC LIMIT 1) AS following
    )
    SELECT event.actor_id AS id, event.actor_type AS type, ${NAME} AS name
    FROM latest JOIN audit_event event USING (seq) LEFT JOIN person ON person.id::text = event.actor_id
    WHERE ${NAME} ILIKE ${pattern} LIMIT ${MAX_ACTORS + 1}`;
  const others = rows.filter(({ id }) => id !== chosen);
  const actors = [...others.slice(0, MAX_ACTORS), ...(await findActor(chosen))];
  return {
    actors: actors.sort((one, other) => one.name.localeCompare(other.name, "en")),
    hasMore: others.length > MAX_ACTORS,
  };
}

/** The actor of an id, from their latest entry; empty when the trail has none. */
async function findActor(id: string): Promise<TrailActor[]> {
  if (id === "" || !isStorable(id)) return [];
  return await db().$queryRaw<TrailActor[]>`
    SELECT event.actor_id AS id, event.actor_type AS type, ${NAME} AS name
    FROM audit_event event LEFT JOIN person ON person.id::text = event.actor_id
    WHERE event.actor_id = ${id} ORDER BY seq DESC LIMIT 1`;
}
