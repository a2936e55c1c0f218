import type pg from "pg";
import { hashOpening, newSalt, type OpenValue } from "#lib/audit/private/commitment.ts";
import { withClient } from "#postgres/with-client.ts";

const ROWS_PER_STATEMENT = 500_000;
const NUMBERS = 16_000;
const NUMBERS_AN_ACCOUNT = 40;

/**
 * Inserts a trail of any length, as the superuser with every trigger disabled: three years of entries
 * about 16,000 numbers of 400 accounts by 50 people, none of which changed a flag. Its hashes are random;
 * `chainTrail` corrects them.
 */
export async function fillTrail(ownerUrl: string, events: number): Promise<void> {
  await withClient(ownerUrl, async (owner) => {
    await owner.query(`SET session_replication_role = replica; SET synchronous_commit = off;
      SET maintenance_work_mem = '1GB'`);
    await fillRoster(owner);
    const { people, sessions } = await fillPrivateValues(owner);
    // Building the indexes afterwards costs a fraction of updating them while filling.
    const { rows } = await owner.query<{ name: string; definition: string }>(`
      SELECT indexname AS name, indexdef AS definition FROM pg_indexes
      WHERE tablename = 'audit_event' AND indexname <> 'audit_event_pkey'`);
    for (const { name } of rows) await owner.query(`DROP INDEX "${name}"`);
    for (let first = 1; first <= events; first += ROWS_PER_STATEMENT) {
      const last = Math.min(events, first + ROWS_PER_STATEMENT - 1);
      await owner.query(INSERT, [first, last, events, people, sessions]);
    }
    for (const { definition } of rows) await owner.query(definition);
    await owner.query(
      `UPDATE ledger SET seq = $1::bigint,
      head_hash = (SELECT hash FROM audit_event WHERE seq = $1::bigint)`,
      [events],
    );
    await owner.query("VACUUM ANALYZE audit_event, private_value");
  });
}

async function fillRoster(owner: pg.Client): Promise<void> {
  await owner.query(`
    INSERT INTO account (id, external_id, name)
    SELECT ('00000000-0000-4000-8000-' || lpad(place::text, 12, '0'))::uuid, 'acc-' || place, 'Account ' || place
    FROM generate_series(0, ${NUMBERS / NUMBERS_AN_ACCOUNT - 1}) AS place;
    INSERT INTO number (phone_number_id, display_phone_number, label, account_id, portfolio_id, waba_id)
    SELECT (700000000000000 + place)::text, '+1555' || lpad(place::text, 7, '0'), 'Number ' || place,
           ('00000000-0000-4000-8000-' || lpad((place / ${NUMBERS_AN_ACCOUNT})::text, 12, '0'))::uuid, '1', '1'
    FROM generate_series(0, ${NUMBERS - 1}) AS place;`);
}

const PEOPLE = 50;
const SESSIONS = 5_000;

/** The commitments of the entries: each person's identity, and a hundred sessions of each person. */
type Committed = { people: string[]; sessions: string[] };

async function fillPrivateValues(owner: pg.Client): Promise<Committed> {
  const userAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36";
  const people = Array.from({ length: PEOPLE }, (_, index) =>
    toRow(index, toPersonId(index), {
      email: `person${index}@staff.test`,
      name: `Person ${index}`,
    }),
  );
  const sessions = Array.from({ length: SESSIONS }, (_, index) =>
    toRow(index % PEOPLE, `session ${index}`, { ip: "192.0.2.7", userAgent }),
  );
  await owner.query(
    `INSERT INTO private_value (commitment, person_id, holder, salt, value)
     SELECT * FROM jsonb_to_recordset($1)
       AS made(commitment text, person_id uuid, holder text, salt text, value jsonb)`,
    [JSON.stringify([...people, ...sessions])],
  );
  const toCommitments = (rows: readonly { commitment: string }[]) =>
    rows.map(({ commitment }) => commitment);
  return { people: toCommitments(people), sessions: toCommitments(sessions) };
}

function toRow(person: number, holder: string, value: OpenValue) {
  const salt = newSalt();
  const commitment = hashOpening({ salt, value });
  return { commitment, person_id: toPersonId(person), holder, salt, value };
}

function toPersonId(index: number): string {
  return `00000000-0000-4000-9000-${String(index).padStart(12, "0")}`;
}

/** Multiplying by a number that is coprime to the count spreads the entries over people and numbers. */
const INSERT = `
  INSERT INTO audit_event (seq, id, occurred_at, schema, action, outcome, actor_type, actor_id,
    actor_role, actor_identity, target_type, target_id, target_display, before, after,
    reason, ticket_url, revision, request_id, channel, origin, prev_hash, hash)
  SELECT seq, gen_random_uuid(), now() - ($3::bigint - seq) * (interval '1095 days' / $3::bigint), 1,
    CASE WHEN seq % 5000 = 0 THEN 'roster.imported' WHEN seq % 2 = 0 THEN 'flag.enabled' ELSE 'flag.disabled' END,
    CASE WHEN seq % 1000 = 0 THEN 'denied' ELSE 'success' END,
    'person', '00000000-0000-4000-9000-' || lpad((seq * 7919 % ${PEOPLE})::text, 12, '0'),
    'support', jsonb_build_object('$private', ($4::text[])[1 + seq * 7919 % ${PEOPLE}]),
    'number', (700000000000000 + seq * 104729 % ${NUMBERS})::text, to_jsonb('+1555' || lpad((seq * 104729 % ${NUMBERS})::text, 7, '0')),
    jsonb_build_object('acceptsBsuid', seq % 2 = 1), jsonb_build_object('acceptsBsuid', seq % 2 = 0),
    CASE WHEN seq BETWEEN $3::bigint / 10 AND $3::bigint / 10 + $3::bigint / 100 THEN 'The wave of the great renaming'
         WHEN seq = $3::bigint / 4 THEN 'Zanzibar asked for it in writing'
         ELSE 'Account ' || seq * 104729 % ${NUMBERS} / ${NUMBERS_AN_ACCOUNT} || ' asked by e-mail, their CRM keys on userId, ticket T-' || seq END,
    'https://support.example.com/tickets/' || seq, NULL, gen_random_uuid(),
    CASE WHEN seq % 5000 = 0 THEN 'import' WHEN seq % 20 = 0 THEN 'api' ELSE 'ui' END,
    jsonb_build_object('$private', ($5::text[])[1 + seq * 7919 % ${PEOPLE} + ${PEOPLE} * (seq % ${SESSIONS / PEOPLE})]), md5(seq::text) || md5((seq - 1)::text),
    md5((seq + 1)::text) || md5(seq::text)
  FROM generate_series($1::bigint, $2::bigint) AS seq`;
