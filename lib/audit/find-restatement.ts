import { db } from "../db/client.ts";
import { RestatementCheck } from "./restatement-check.ts";
import { toAuditEvent } from "./to-audit-event.ts";

/** So many are compared while somebody waits for a page. */
const MOST_ENTRIES = 2_000;

/** The entry that attests what a restated one says now, and whether it does; null: not looked at. */
export type Restatement = { by: number; isAttested: boolean | null };

/**
 * Compares all that one entry restated with what it attests, since one digest covers them
 * together. Of more than 2,000 only the verification of the trail does.
 */
export async function findRestatement(by: number): Promise<Restatement> {
  const count = await db().auditEvent.count({ where: { restatedBy: by } });
  if (count > MOST_ENTRIES) return { by, isAttested: null };
  const rows = await db().auditEvent.findMany({
    // The earlier ones tell who else is a pseudonym in what it took over from them.
    where: { OR: [{ restatedBy: by }, { action: "person.pseudonymised", seq: { lte: by } }] },
    orderBy: { seq: "asc" },
  });
  const check = new RestatementCheck(true);
  const [problem] = rows.map((row) => check.take(toAuditEvent(row))).slice(-1);
  return { by, isAttested: rows.at(-1)?.seq === BigInt(by) && problem === null };
}
