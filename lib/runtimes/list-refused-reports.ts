import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";

/** Reports of one token under one name, refused and none taken since. */
export type RefusedReports = {
  /** The name they claim; null for what cannot be read. */
  instanceId: string | null;
  token: { name: string; prefix: string };
  /** Why the latest was. */
  why: string;
  count: number;
  firstAt: string;
  lastAt: string;
};

const MOST_SHOWN = 100;

/** The refused reports of the last week, latest first, at most 100. Takes `number:read`. */
export async function listRefusedReports(actor: Actor): Promise<RefusedReports[]> {
  authorize(actor, "number:read");
  const rows = await db().$queryRaw<Row[]>`
    SELECT r.instance_id, r.why, r.reports, r.first_at, r.last_at, t.name, t.prefix
    FROM refused_report r JOIN token t ON t.id = r.token_id
    ORDER BY r.last_at DESC, r.instance_id LIMIT ${MOST_SHOWN}`;
  return rows.map(({ instance_id, why, reports, first_at, last_at, name, prefix }) => ({
    instanceId: instance_id === "" ? null : instance_id,
    token: { name, prefix },
    why,
    count: reports,
    firstAt: first_at.toISOString(),
    lastAt: last_at.toISOString(),
  }));
}

type Row = {
  instance_id: string;
  why: string;
  reports: number;
  first_at: Date;
  last_at: Date;
  name: string;
  prefix: string;
};
