import { GENESIS_HASH, hashEvent, type SignedEvent } from "#lib/audit/event.ts";
import { toSignedEvent } from "#lib/audit/to-signed-event.ts";
import { db } from "#lib/db/client.ts";
import { withClient } from "../../scripts/postgres/with-client.ts";

const ENTRIES_A_READ = 10_000;

const WRITE = `
  UPDATE audit_event e SET prev_hash = a.prev_hash, hash = a.hash
  FROM unnest($1::bigint[], $2::text[], $3::text[]) AS a(seq, prev_hash, hash) WHERE e.seq = a.seq`;

/**
 * Makes every entry of the trail one of the same month of last year, as if it had been written
 * then: by the superuser with every trigger silenced, with each hash made anew.
 */
export async function ageTrail(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (owner) => {
    await owner.query(`SET session_replication_role = replica;
      UPDATE audit_event SET occurred_at = date_trunc('month', now()) - interval '1 year' + interval '1 day'`);
    let hash = GENESIS_HASH;
    for (let after = 0; ; ) {
      const events = await readAfter(after);
      const last = events.at(-1);
      if (!last) break;
      for (const event of events) {
        event.prevHash = hash;
        event.hash = hashEvent(event);
        hash = event.hash;
      }
      after = last.seq;
      await owner.query(WRITE, [
        events.map(({ seq }) => seq),
        events.map(({ prevHash }) => prevHash),
        events.map((event) => event.hash),
      ]);
    }
    await owner.query("UPDATE ledger SET head_hash = $1, revision_hash = $1", [hash]);
    await owner.query("VACUUM ANALYZE audit_event");
  });
}

async function readAfter(seq: number): Promise<SignedEvent[]> {
  const rows = await db().auditEvent.findMany({
    where: { seq: { gt: seq } },
    orderBy: { seq: "asc" },
    take: ENTRIES_A_READ,
  });
  return rows.map(toSignedEvent);
}
