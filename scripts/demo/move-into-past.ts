import type pg from "pg";
import { hashEvent, type SignedEvent } from "#lib/audit/event.ts";
import { toSignedEvent } from "#lib/audit/to-signed-event.ts";
import { db } from "#lib/db/client.ts";
import { toMinute } from "#lib/requests/describe-end.ts";
import { toLocalTime } from "#lib/schedules/local-time.ts";
import type { RanStep } from "./demo-past.ts";

/**
 * Moves what just happened to when it is to have happened: every time of every table, and the trail, whose
 * hashes are computed anew. Only for a database that nobody has used yet: no head of its trail is signed.
 *
 * @param owner a superuser, who may do without the guards of the trail
 */
export async function moveIntoPast(owner: pg.Client, steps: readonly RanStep[]): Promise<void> {
  await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
  await moveTimes(owner, steps);
  await owner.query(`
    UPDATE change_request SET expires_at = requested_at + interval '14 days';
    UPDATE schedule SET at = date_trunc('minute', at) WHERE ended_at IS NOT NULL;
    UPDATE notice SET read_at = updated_at + interval '1 hour' WHERE updated_at < now() - interval '3 days'`);
  await owner.query("COMMIT");
  const corrections = await readCorrections();
  await owner.query("BEGIN; SET LOCAL session_replication_role = replica");
  await correctTexts(owner, corrections);
  await rehash(owner, corrections);
  await owner.query("COMMIT");
}

/** Moves each time at which a step ran; the others, such as the hours of traffic, stay. */
async function moveTimes(owner: pg.Client, steps: readonly RanStep[]): Promise<void> {
  const { rows } = await owner.query<{ table: string; column: string }>(`
    SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
      AND c.data_type = 'timestamp with time zone' AND c.table_name <> '_prisma_migrations'`);
  const starts = steps.map(({ from }) => from.toISOString());
  const times = steps.map(({ happenedAt }) => happenedAt.toISOString());
  for (const { table, column } of rows) {
    await owner.query(
      `WITH step AS (
         SELECT s.begun, lead(s.begun, 1, 'infinity') OVER (ORDER BY s.begun) AS ended, s.happened
         FROM unnest($1::timestamptz[], $2::timestamptz[]) AS s(begun, happened))
       UPDATE "${table}" t SET "${column}" = s.happened + (t."${column}" - s.begun)
       FROM step s WHERE t."${column}" >= s.begun AND t."${column}" < s.ended AND t."${column}" <= clock_timestamp()`,
      [starts, times],
    );
  }
}

/** What texts and entries say about times, by the id of a request or schedule. */
type Corrections = {
  ends: Map<string, string>;
  schedules: Map<string, { at: Date; localTime: string }>;
};

async function readCorrections(): Promise<Corrections> {
  const expired = await db().changeRequest.findMany({ where: { state: "expired" } });
  const schedules = await db().schedule.findMany({ where: { state: "done" } });
  return {
    ends: new Map(
      expired.map(({ id, expiresAt }) => [id, `Nobody approved it by ${toMinute(expiresAt)}.`]),
    ),
    schedules: new Map(
      schedules.map(({ id, at, zone }) => [id, { at, localTime: toLocalTime(at, zone) }]),
    ),
  };
}

async function correctTexts(owner: pg.Client, { ends, schedules }: Corrections): Promise<void> {
  for (const [id, why] of ends) {
    await owner.query("UPDATE change_request SET why = $2 WHERE id = $1", [id, why]);
  }
  for (const [id, { localTime }] of schedules) {
    await owner.query("UPDATE schedule SET local_time = $2 WHERE id = $1", [id, localTime]);
  }
}

/** Computes the chain anew, and with it what the ledger says of it. */
async function rehash(owner: pg.Client, corrections: Corrections): Promise<void> {
  const rows = await db().auditEvent.findMany({ orderBy: { seq: "asc" } });
  const events = rows.map((row) => correct(toSignedEvent(row), corrections));
  let last: SignedEvent | undefined;
  for (const event of events) {
    if (last) event.prevHash = last.hash;
    event.hash = hashEvent(event);
    last = event;
  }
  await owner.query(
    `UPDATE audit_event e SET after = c.after, prev_hash = c.prev_hash, hash = c.hash
     FROM unnest($1::bigint[], $2::jsonb[], $3::text[], $4::text[]) AS c(seq, after, prev_hash, hash)
     WHERE e.seq = c.seq`,
    [
      events.map(({ seq }) => seq),
      events.map(({ after }) => after && JSON.stringify(after)),
      events.map(({ prevHash }) => prevHash),
      events.map(({ hash }) => hash),
    ],
  );
  await owner.query(`
    UPDATE ledger l SET head_hash = (SELECT hash FROM audit_event WHERE seq = l.seq),
      revision_hash = (SELECT hash FROM audit_event WHERE revision = l.revision)`);
}

function correct(event: SignedEvent, { ends, schedules }: Corrections): SignedEvent {
  const { id } = event.target;
  const why = ends.get(id);
  if (why && event.action === "request.expired") event.after = { ...event.after, why };
  const time = schedules.get(id);
  if (time && event.action === "schedule.created") {
    event.after = { ...event.after, at: time.at.toISOString(), localTime: time.localTime };
  }
  return event;
}
