import { Prisma } from "../../db/generated/client.ts";

/** Which openings of personal values an export includes. */
export type OpeningScope =
  /** For archives: they are kept for years, and a person in them may be erased. */
  | "none"
  | "all"
  /** All but the origins of everybody except this person. */
  | { ownOriginsOf: string };

/** Selects the commitments of a row of `audit_event`. */
const COMMITTED = Prisma.sql`
  SELECT unnest(ARRAY[actor_identity ->> '$private', target_display ->> '$private', origin ->> '$private',
                      on_behalf_of -> 'identity' ->> '$private']) AS commitment
  UNION ALL
  SELECT field.value ->> '$private'
  FROM (SELECT * FROM jsonb_each(before) UNION ALL SELECT * FROM jsonb_each(after)) AS field
  WHERE jsonb_typeof(field.value) = 'object'`;

/**
 * SQL for an event's signed form as a line of JSON, with the wanted openings that are not erased under
 * `private`. The database makes what `toSignedEvent` would, in a tenth of the time and garbage.
 */
export function toEventLine(openings: OpeningScope): Prisma.Sql {
  const end =
    openings === "none"
      ? Prisma.sql`'}'`
      : Prisma.sql`', "private" : ' || ${toOpenings(openings)} || '}'`;
  return Prisma.sql`
    left(json_build_object(
      'seq', seq, 'id', id,
      'occurredAt', to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'schema', schema, 'action', action, 'outcome', outcome,
      'actor', json_build_object('type', actor_type, 'id', actor_id, 'role', actor_role,
        'identity', actor_identity),
      'target', json_build_object('type', target_type, 'id', target_id, 'display', target_display),
      'before', before, 'after', after, 'reason', reason, 'ticketUrl', ticket_url,
      'revision', revision, 'requestId', request_id, 'channel', channel, 'origin', origin)::text, -1)
    || coalesce(', "onBehalfOf" : ' || on_behalf_of::text, '')
    || coalesce(', "batchId" : "' || batch_id::text || '"', '')
    || ', "prevHash" : "' || prev_hash || '", "hash" : "' || hash || '"' || ${end}`;
}

function toOpenings(openings: "all" | { ownOriginsOf: string }): Prisma.Sql {
  const isSeen =
    openings === "all"
      ? Prisma.sql`TRUE`
      : Prisma.sql`(actor_type = 'person' AND actor_id = ${openings.ownOriginsOf})`;
  // LATERAL looks each one up by its key; a plain join would read all private values for every event.
  return Prisma.sql`
    coalesce((
      SELECT jsonb_object_agg(p.commitment, jsonb_build_object('salt', p.salt, 'value', p.value))
      FROM (${COMMITTED}) AS committed CROSS JOIN LATERAL (
        SELECT * FROM private_value WHERE private_value.commitment = committed.commitment LIMIT 1) AS p
      WHERE p.value IS NOT NULL
        AND (${isSeen} OR p.commitment NOT IN (
          coalesce(origin ->> '$private', ''), coalesce(after -> 'from' ->> '$private', '')))
    ), '{}')::text`;
}
