import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { parseInput } from "../parse-input.ts";
import { IS_COUNTED, IS_OF_THIS_TIMELINE, LIVE_SECONDS } from "./instance-conditions.ts";

/** How many of the counted instances, silent ones included, have a flag change. */
export type LiveState = {
  live: number;
  total: number;
  /** How many silent ones have not reported the change. */
  silent: number;
  /** The instances that have not reported the change, the one heard longest ago first; at most 100. */
  waitingFor: { instanceId: string; lastHeardAt: string; isSilent: boolean }[];
  /** How long after the change the last instance had it; null while one lacks it, or if it was too long ago to know. */
  secondsAfterChange: number | null;
};

const MAX_SHOWN = 100;

/**
 * Reads how far a revision is live. Takes `number:read`.
 *
 * @throws AppError INVALID_INPUT for an invalid revision
 */
export async function readLiveState(actor: Actor, revision: number): Promise<LiveState> {
  authorize(actor, "number:read");
  const wanted = parseInput(z.int().min(0), revision);
  // Finds the first report that has it by one row of the index, however many came since. Its time is
  // by the runtime's clock, which may be wrong, so it is limited to between the change and the report.
  const rows = await db().$queryRaw<Row[]>`
    WITH instance AS (
      SELECT i.instance_id, i.last_heard_at,
        i.applied_revision >= ${wanted} AND ${IS_OF_THIS_TIMELINE} AS has_it,
        i.last_heard_at <= now() - make_interval(secs => ${LIVE_SECONDS}) AS is_silent,
        (SELECT extract(epoch FROM greatest(
            least(r.applied_at, r.received_at) - change.occurred_at, interval '0'))::float
         FROM report_receipt r WHERE r.instance_id = i.instance_id
           AND r.applied_revision >= ${wanted} AND r.received_at >= change.occurred_at
         ORDER BY r.applied_revision, r.applied_at LIMIT 1) AS seconds,
        -- Started later, and so always had the change.
        i.first_seen_at > change.occurred_at + make_interval(secs => ${LIVE_SECONDS}) IS TRUE AS began_later
      FROM runtime_instance i LEFT JOIN audit_event change ON change.revision = ${wanted}
      WHERE ${IS_COUNTED})
    SELECT instance_id, last_heard_at, has_it, is_silent,
      count(*) OVER ()::int AS total,
      count(*) FILTER (WHERE has_it) OVER ()::int AS live,
      count(*) FILTER (WHERE NOT has_it AND is_silent) OVER ()::int AS silent,
      count(*) FILTER (WHERE NOT began_later AND seconds IS NULL) OVER ()::int AS untold,
      max(seconds) FILTER (WHERE NOT began_later) OVER () AS last_seconds
    FROM instance
    ORDER BY has_it, last_heard_at, instance_id LIMIT ${MAX_SHOWN}`;
  const { total, live, silent, untold, last_seconds } = rows[0] ?? NO_INSTANCES;
  return {
    live,
    total,
    silent,
    waitingFor: rows
      .filter((row) => !row.has_it)
      .map(({ instance_id, last_heard_at, is_silent }) => ({
        instanceId: instance_id,
        lastHeardAt: last_heard_at.toISOString(),
        isSilent: is_silent,
      })),
    secondsAfterChange: live < total || untold > 0 ? null : last_seconds,
  };
}

type Counts = {
  total: number;
  live: number;
  silent: number;
  /** How many were there at the change, and when they had it is unknown. */
  untold: number;
  last_seconds: number | null;
};

type Row = Counts & {
  instance_id: string;
  last_heard_at: Date;
  has_it: boolean;
  is_silent: boolean;
};

const NO_INSTANCES: Counts = { total: 0, live: 0, silent: 0, untold: 0, last_seconds: null };
