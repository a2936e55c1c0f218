import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { IS_COUNTED, IS_OF_THIS_TIMELINE, LIVE_SECONDS } from "./instance-conditions.ts";
import type { Report } from "./report-schema.ts";

/** An instance of a runtime, by its latest report. */
export type RuntimeRecord = {
  instanceId: string;
  /** `name/version`. */
  sdk: string;
  appliedCursor: string;
  /** ISO 8601, by the instance's clock. */
  appliedAt: string;
  /** How many flag changes it lacks; null when its cursor is not of this database's trail. */
  revisionsBehind: number | null;
  /** How long ago the first change that it lacks was made; 0 when it lacks none, null like `revisionsBehind`. */
  lagSeconds: number | null;
  /** The revision that it has applied; null like `revisionsBehind`. */
  appliedRevision: number | null;
  lastHeardAt: string;
  firstSeenAt: string;
  /** Whether it was heard within the last minute. */
  isLive: boolean;
  /** The token that the name belongs to; null when the name is free. */
  token: { name: string; prefix: string; hasEnded: boolean } | null;
  /** By its own report, the last request that the console, or something in front of it, refused. */
  refusal: RuntimeRefusal | null;
};

/** `until` is null while the refusals go on, by the latest report. */
export type RuntimeRefusal = NonNullable<Report["refusal"]>;

const MAX_RUNTIMES = 1_000;

/** Lists the instances that are counted, by name, at most 1,000. Takes `number:read`. */
export async function listRuntimes(actor: Actor): Promise<RuntimeRecord[]> {
  authorize(actor, "number:read");
  const rows = await db().$queryRaw<Row[]>`
    SELECT i.instance_id, i.sdk, i.applied_cursor, i.applied_revision, i.applied_at,
      i.last_heard_at, i.first_seen_at, i.refusal,
      t.name AS token_name, t.prefix AS token_prefix,
      t.revoked_at IS NOT NULL OR t.expires_at <= now() AS has_token_ended,
      i.last_heard_at > now() - make_interval(secs => ${LIVE_SECONDS}) AS is_live,
      ${IS_OF_THIS_TIMELINE} AS is_known,
      l.revision - i.applied_revision AS behind,
      extract(epoch FROM now() - missing.occurred_at)::float AS lag
    FROM runtime_instance i CROSS JOIN ledger l
    LEFT JOIN audit_event missing ON missing.revision = i.applied_revision + 1
    LEFT JOIN token t ON t.id = i.token_id
    WHERE ${IS_COUNTED}
    ORDER BY i.instance_id COLLATE "C" LIMIT ${MAX_RUNTIMES}`;
  return rows.map(toRuntimeRecord);
}

type Row = {
  instance_id: string;
  sdk: string;
  applied_cursor: string;
  applied_revision: bigint;
  applied_at: Date;
  last_heard_at: Date;
  first_seen_at: Date;
  is_live: boolean;
  is_known: boolean;
  behind: bigint;
  lag: number | null;
  refusal: RuntimeRefusal | null;
  token_name: string | null;
  token_prefix: string | null;
  has_token_ended: boolean | null;
};

function toRuntimeRecord(row: Row): RuntimeRecord {
  return {
    instanceId: row.instance_id,
    sdk: row.sdk,
    appliedCursor: row.applied_cursor,
    appliedAt: row.applied_at.toISOString(),
    revisionsBehind: row.is_known ? Number(row.behind) : null,
    lagSeconds: row.is_known ? Math.max(0, row.lag ?? 0) : null,
    appliedRevision: row.is_known ? Number(row.applied_revision) : null,
    lastHeardAt: row.last_heard_at.toISOString(),
    firstSeenAt: row.first_seen_at.toISOString(),
    isLive: row.is_live,
    token: toToken(row),
    refusal: row.refusal,
  };
}

function toToken(row: Row): RuntimeRecord["token"] {
  if (row.token_name === null || row.token_prefix === null) return null;
  const hasEnded = row.has_token_ended === true;
  return { name: row.token_name, prefix: row.token_prefix, hasEnded };
}
