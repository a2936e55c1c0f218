import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";

/** The refused reports of one token under one name, if none was accepted since. */
export type RefusedReports = {
  /** The name in the reports; null if it could not be read. */
  instanceId: string | null;
  token: { name: string; prefix: string };
  /** Why the latest one was refused. */
  why: string;
  /** Whether the name belongs to another active token, so that releasing it would help. */
  isNameTaken: boolean;
  count: number;
  firstAt: string;
  lastAt: string;
};

const MAX_SHOWN = 100;

/** Lists the refused reports of the last week, latest first, at most 100. Takes `number:read`. */
export async function listRefusedReports(actor: Actor): Promise<RefusedReports[]> {
  authorize(actor, "number:read");
  // The rule of claim-name.ts: the tokens of a rotation share their names.
  const rows = await db().$queryRaw<Row[]>`
    WITH RECURSIVE replaced (id, earlier_id) AS (
      SELECT id, replaces_id FROM token WHERE replaces_id IS NOT NULL
      UNION SELECT later.id, t.replaces_id FROM replaced later JOIN token t ON t.id = later.earlier_id
      WHERE t.replaces_id IS NOT NULL)
    SELECT r.instance_id, r.why, r.reports, r.first_at, r.last_at, t.name, t.prefix,
      EXISTS (
        SELECT FROM runtime_instance i JOIN token owner ON owner.id = i.token_id
        WHERE i.instance_id = r.instance_id AND owner.id <> r.token_id
          AND owner.revoked_at IS NULL AND owner.expires_at > now()
          AND NOT EXISTS (SELECT FROM replaced WHERE (id, earlier_id)
            IN ((owner.id, r.token_id), (r.token_id, owner.id)))) AS is_name_taken
    FROM refused_report r JOIN token t ON t.id = r.token_id
    ORDER BY r.last_at DESC, r.instance_id LIMIT ${MAX_SHOWN}`;
  return rows.map(
    ({ instance_id, why, reports, first_at, last_at, name, prefix, is_name_taken }) => ({
      instanceId: instance_id === "" ? null : instance_id,
      token: { name, prefix },
      why,
      isNameTaken: is_name_taken,
      count: reports,
      firstAt: first_at.toISOString(),
      lastAt: last_at.toISOString(),
    }),
  );
}

type Row = {
  instance_id: string;
  why: string;
  reports: number;
  first_at: Date;
  last_at: Date;
  name: string;
  prefix: string;
  is_name_taken: boolean;
};
