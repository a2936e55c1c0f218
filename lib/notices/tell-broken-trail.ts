import { db } from "../db/client.ts";
import { KIND_RULES } from "./notice-kinds.ts";

/** The one subject: another verification that finds a fault updates the notice. */
const SUBJECT = "trail";

/**
 * Tells all admins when the latest verification of the trail found a fault. A verification is no entry of
 * the trail, so this asks; each is told once, whichever console asks first.
 */
export async function tellBrokenTrail(): Promise<void> {
  const { roles } = KIND_RULES["audit.broken"];
  await db().$executeRaw`
    INSERT INTO notice AS n (person_id, kind, subject, data)
    SELECT p.id, 'audit.broken', ${SUBJECT}, jsonb_build_object('verification', v.id, 'seq', v.through_seq)
    FROM (SELECT id, is_whole, through_seq FROM audit_verification ORDER BY id DESC LIMIT 1) v, person p
    WHERE NOT v.is_whole AND p.disabled_at IS NULL AND p.role::text = ANY(${[...roles]})
    ON CONFLICT (person_id, kind, subject) DO UPDATE
    SET data = excluded.data, count = n.count + 1, updated_at = now(), read_at = NULL
    WHERE (n.data->>'verification')::bigint < (excluded.data->>'verification')::bigint`;
}
