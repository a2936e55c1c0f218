import type pg from "pg";
import { GENESIS_HASH, hashEvent, type SignedEvent } from "#lib/audit/event.ts";
import { toSignedEvent } from "#lib/audit/to-signed-event.ts";
import { db } from "#lib/db/client.ts";

const ENTRIES_A_READ = 10_000;

const WRITE = `
  UPDATE audit_event e SET prev_hash = a.prev_hash, hash = a.hash
  FROM unnest($1::bigint[], $2::text[], $3::text[]) AS a(seq, prev_hash, hash) WHERE e.seq = a.seq`;

/** Gives every entry and the ledger the right hash. `owner` is a superuser with every trigger disabled. */
export async function chainTrail(owner: pg.Client): Promise<void> {
  let hash = GENESIS_HASH;
  let change: SignedEvent | undefined;
  for (let after = 0; ; ) {
    const events = await readAfter(after);
    const last = events.at(-1);
    if (!last) break;
    for (const event of events) {
      event.prevHash = hash;
      event.hash = hashEvent(event);
      hash = event.hash;
      if (event.revision !== null) change = event;
    }
    after = last.seq;
    await owner.query(WRITE, [
      events.map(({ seq }) => seq),
      events.map(({ prevHash }) => prevHash),
      events.map((event) => event.hash),
    ]);
  }
  const end = [hash, change?.hash ?? GENESIS_HASH];
  await owner.query("UPDATE ledger SET head_hash = $1, revision_hash = $2", end);
  await owner.query("VACUUM ANALYZE audit_event");
}

async function readAfter(seq: number): Promise<SignedEvent[]> {
  const rows = await db().auditEvent.findMany({
    where: { seq: { gt: seq } },
    orderBy: { seq: "asc" },
    take: ENTRIES_A_READ,
  });
  return rows.map(toSignedEvent);
}
