import { Prisma } from "../../db/generated/client.ts";
import type { TrailFault } from "../verify/trail-check.ts";
import { ERASURE_WAIT_HOURS } from "./erasure-wait.ts";

/**
 * Finds the first erasure that nobody else requested at least 72 hours before, or that was withdrawn.
 *
 * @param archived by person, when an erasure was requested whose request is in an archive
 */
export async function findErasureFault(
  snapshot: Prisma.TransactionClient,
  archived: ReadonlyMap<string, string>,
): Promise<TrailFault | null> {
  const wait = Prisma.sql`make_interval(hours => ${ERASURE_WAIT_HOURS}::int)`;
  const [wrong] = await snapshot.$queryRaw<{ seq: bigint }[]>`
    SELECT e.seq FROM audit_event e
    LEFT JOIN LATERAL (
      SELECT r.action, r.occurred_at, r.actor_id FROM audit_event r
      WHERE r.target_id = e.target_id AND r.target_type = 'person' AND r.outcome = 'success' AND r.seq < e.seq
        AND r.action IN ('person.erasure_requested', 'person.erasure_withdrawn', 'person.erased')
      ORDER BY r.seq DESC LIMIT 1
    ) AS asked ON TRUE
    LEFT JOIN unnest(${[...archived.keys()]}::text[], ${[...archived.values()]}::text[]) AS kept(person, at)
      ON kept.person = e.target_id
    WHERE e.action = 'person.erased' AND e.outcome = 'success'
      AND (CASE WHEN asked.action IS NULL THEN e.occurred_at >= kept.at::timestamptz + ${wait}
          ELSE asked.action = 'person.erasure_requested' AND asked.actor_id <> e.target_id
            AND e.occurred_at >= asked.occurred_at + ${wait} END) IS NOT TRUE
    ORDER BY e.seq LIMIT 1`;
  if (!wrong) return null;
  const seq = Number(wrong.seq);
  const problem = `Entry ${seq} erased a person, and no entry of somebody else asks for it ${ERASURE_WAIT_HOURS} hours before.`;
  return { seq, problem };
}
