import { readFile, writeFile } from "node:fs/promises";
import type pg from "pg";
import { hashEvent, type SignedEvent } from "#lib/audit/event.ts";
import { toSignedEvent } from "#lib/audit/to-signed-event.ts";
import { getConfig } from "#lib/config.ts";
import { db } from "#lib/db/client.ts";
import { withClient } from "#postgres/with-client.ts";

const TABLES = [
  "audit_event",
  "audit_archive",
  "audit_head",
  "audit_origin",
  "private_value",
  "number",
  "ledger",
];

/** Makes a change that takes a superuser with every trigger disabled, and undoes it after `work`. */
export async function tamper(
  ownerUrl: string,
  change: string | ((owner: pg.Client) => Promise<unknown>),
  work: () => Promise<void>,
): Promise<void> {
  await withClient(ownerUrl, async (owner) => {
    const each = (sql: (table: string) => string) => owner.query(TABLES.map(sql).join(";"));
    await owner.query("SET session_replication_role = replica");
    // Both copies are of the same moment: a refusal recorded in between would be in only one.
    await owner.query("BEGIN; SELECT FROM ledger FOR UPDATE");
    await each((table) => `CREATE TABLE kept_${table} AS TABLE ${table}`);
    await owner.query("COMMIT");
    const { headJournal } = getConfig().audit;
    const journal = await readFile(headJournal).catch(() => "");
    try {
      await (typeof change === "string" ? owner.query(change) : change(owner));
      await work();
    } finally {
      await writeFile(headJournal, journal);
      await each((table) => `DELETE FROM ${table}; INSERT INTO ${table} TABLE kept_${table}`);
      await each((table) => `DROP TABLE kept_${table}`);
    }
  });
}

/**
 * Does what a superuser who knows the rules would do after an edit: recomputes the hash of every entry from
 * `seq` on, the times of the flags, and the ledger. Only a signed head can show it.
 */
export async function rehashTrail(owner: pg.Client, seq: number): Promise<void> {
  const rows = await db().auditEvent.findMany({ orderBy: { seq: "asc" } });
  let last: SignedEvent | undefined;
  let change: SignedEvent | undefined;
  for (const event of rows.map(toSignedEvent)) {
    if (event.seq >= seq) {
      if (last) event.prevHash = last.hash;
      event.hash = hashEvent(event);
      const original = [event.prevHash, event.hash, event.seq];
      await owner.query(
        "UPDATE audit_event SET prev_hash = $1, hash = $2 WHERE seq = $3",
        original,
      );
    }
    last = event;
    if (event.revision !== null) change = event;
  }
  await owner.query(`UPDATE number n SET flag_changed_at = e.occurred_at
    FROM audit_event e WHERE e.revision = n.flag_revision AND n.flag_changed_at <> e.occurred_at`);
  if (last) await owner.query("UPDATE ledger SET seq = $1, head_hash = $2", [last.seq, last.hash]);
  const revision = [change?.revision, change?.hash];
  if (change) await owner.query("UPDATE ledger SET revision = $1, revision_hash = $2", revision);
}
