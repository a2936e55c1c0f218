import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { parseInput } from "../parse-input.ts";
import { IS_COUNTED, IS_OF_THIS_TIMELINE, LIVE_SECONDS } from "./timeline.ts";

/** How far a flag change has come, among all instances that are counted, silent ones too. */
export type LiveState = {
  live: number;
  total: number;
  /** Those that have not told of it yet; the one heard longest ago first. */
  waitingFor: { instanceId: string; lastHeardAt: string; isSilent: boolean }[];
  /** From the change until the last of them had it; null while one lacks it, or when it is too long ago to tell. */
  secondsAfterChange: number | null;
};

/**
 * Where a revision is live. Takes `number:read`.
 *
 * @throws AppError INVALID_INPUT for a revision that is not one
 */
export async function readLiveState(actor: Actor, revision: number): Promise<LiveState> {
  authorize(actor, "number:read");
  const wanted = parseInput(z.int().min(0), revision);
  // The first report that has it: one row of the index, however many came since. By the
  // runtime's clock, which may be wrong: never before the change or after we heard of it.
  const rows = await db().$queryRaw<Row[]>`
    SELECT i.instance_id, i.last_heard_at,
      i.applied_revision >= ${wanted} AND ${IS_OF_THIS_TIMELINE} AS has_it,
      i.last_heard_at <= now() - make_interval(secs => ${LIVE_SECONDS}) AS is_silent,
      (SELECT extract(epoch FROM greatest(
          least(r.applied_at, r.received_at) - change.occurred_at, interval '0'))::float
       FROM report_receipt r WHERE r.instance_id = i.instance_id
         AND r.applied_revision >= ${wanted} AND r.received_at >= change.occurred_at
       ORDER BY r.applied_revision, r.applied_at LIMIT 1) AS seconds,
      i.first_seen_at > change.occurred_at + make_interval(secs => ${LIVE_SECONDS}) AS began_later
    FROM runtime_instance i LEFT JOIN audit_event change ON change.revision = ${wanted}
    WHERE ${IS_COUNTED}
    ORDER BY i.last_heard_at, i.instance_id`;
  const waiting = rows.filter((row) => !row.has_it);
  return {
    live: rows.length - waiting.length,
    total: rows.length,
    waitingFor: waiting.map(({ instance_id, last_heard_at, is_silent }) => ({
      instanceId: instance_id,
      lastHeardAt: last_heard_at.toISOString(),
      isSilent: is_silent,
    })),
    secondsAfterChange: waiting.length > 0 ? null : toLast(rows),
  };
}

type Row = {
  instance_id: string;
  last_heard_at: Date;
  has_it: boolean;
  is_silent: boolean;
  seconds: number | null;
  /** Never was without the change; null for revision 0. */
  began_later: boolean | null;
};

function toLast(rows: readonly Row[]): number | null {
  const seconds = rows.filter((row) => !row.began_later).map((row) => row.seconds);
  const known = seconds.filter((value) => value !== null);
  return known.length === seconds.length && known.length > 0 ? Math.max(...known) : null;
}
