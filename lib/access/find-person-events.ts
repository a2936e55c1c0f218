import type { AuditEvent } from "../audit/event.ts";
import { toAuditEvent } from "../audit/to-audit-event.ts";
import type { AuditedTransaction } from "../db/transaction.ts";
import type { KnownAs } from "./find-person-names.ts";

/**
 * The entries that name a person, oldest first: as who did it, as to whom, or by an address of
 * theirs in what was changed. An entry that was restated before brings all of its restatement along, since
 * one digest attests them together: `supersedes` are the entries that attested them so far.
 */
export async function findPersonEvents(
  tx: AuditedTransaction,
  { id, emails }: Pick<KnownAs, "id" | "emails">,
): Promise<{ events: AuditEvent[]; supersedes: number[] }> {
  const mentions = await tx.db.$queryRaw<{ seq: bigint; restated_by: bigint | null }[]>`
    SELECT seq, restated_by FROM audit_event
    WHERE actor_id = ${id}
       OR (target_type = 'person' AND target_id = ${id})
       OR EXISTS (SELECT FROM jsonb_each_text(coalesce(before, '{}')) WHERE lower(value) = ANY(${emails}))
       OR EXISTS (SELECT FROM jsonb_each_text(coalesce(after, '{}')) WHERE lower(value) = ANY(${emails}))`;
  const supersedes = [...new Set(mentions.flatMap((row) => row.restated_by ?? []))];
  const rows = await tx.db.auditEvent.findMany({
    where: {
      OR: [{ seq: { in: mentions.map(({ seq }) => seq) } }, { restatedBy: { in: supersedes } }],
    },
    orderBy: { seq: "asc" },
  });
  return { events: rows.map(toAuditEvent), supersedes: supersedes.map(Number) };
}
