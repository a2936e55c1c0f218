const EVENTS = `
  -- What became of each message and status, once for each: dedupe_key is Meta's id of it.
  CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    dedupe_key TEXT NOT NULL UNIQUE,
    event_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    topic TEXT,
    decided_at INTEGER NOT NULL,
    phone_number_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    message_case TEXT NOT NULL,
    cursor TEXT,
    why TEXT,
    lane TEXT,
    status TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    payload TEXT
  ) STRICT;
  CREATE INDEX event_pending ON event (lane, seq) WHERE status = 'pending';
  CREATE INDEX event_decided_at ON event (decided_at);

  -- One row for each number and customer with webhooks to deliver: they go out one after the other.
  CREATE TABLE lane (lane TEXT PRIMARY KEY, due_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX lane_due ON lane (due_at);
`;

const IDENTITIES = `
  -- The business's own numbers, from webhooks and from the console's roster.
  CREATE TABLE number (
    phone_number_id TEXT PRIMARY KEY,
    display_phone_number TEXT,
    waba_id TEXT,
    portfolio_id TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX number_waba ON number (waba_id);
  CREATE INDEX number_portfolio ON number (portfolio_id);
  CREATE INDEX number_phone ON number (display_phone_number);

  -- What webhooks said about customers' ids. Scope: the WABA, which is in one portfolio.
  CREATE TABLE fact (
    key TEXT PRIMARY KEY,
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    bsuid TEXT,
    phone TEXT,
    previous_bsuid TEXT,
    previous_phone TEXT,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX fact_bsuid ON fact (bsuid) WHERE bsuid IS NOT NULL;
  CREATE INDEX fact_phone ON fact (phone) WHERE phone IS NOT NULL;
  CREATE INDEX fact_previous_bsuid ON fact (previous_bsuid) WHERE previous_bsuid IS NOT NULL;
  CREATE INDEX fact_previous_phone ON fact (previous_phone) WHERE previous_phone IS NOT NULL;

  -- The messages that the business sent: its statuses carry Meta's id, and are told with ours.
  CREATE TABLE sent (
    message_id TEXT PRIMARY KEY,
    send_id TEXT NOT NULL,
    callback_data TEXT,
    sent_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sent_at ON sent (sent_at);
`;

/** Old events are found in the order of seq, which is the order of time. */
const FEWER_INDEXES = "DROP INDEX event_decided_at;";

/** Lanes are in memory now: only waiting webhooks are on disk, in narrow rows that are deleted when settled. */
const PENDING = `
  -- The webhooks to deliver. attempts: so many have failed; due_at: the next one is not before that.
  CREATE TABLE pending (
    seq INTEGER PRIMARY KEY,
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL
  ) STRICT;
  INSERT INTO pending SELECT seq, attempts, due_at FROM event JOIN lane USING (lane)
    WHERE status = 'pending';
  DROP INDEX event_pending;
  DROP TABLE lane;
  -- Settled webhooks only: failed, or delivered. attempts: all that it took.
  ALTER TABLE event ADD COLUMN is_failed INTEGER NOT NULL DEFAULT 0;
  UPDATE event SET is_failed = 1 WHERE status = 'failed';
  ALTER TABLE event DROP COLUMN status;
`;

const REPORTS = `
  -- The last report to the console, null once it is counted, and up to which event reports count.
  CREATE TABLE report (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    report TEXT,
    counted_seq INTEGER NOT NULL,
    kept_at INTEGER NOT NULL
  ) STRICT;
  INSERT INTO report SELECT 1, NULL, coalesce(max(seq), 0), 0 FROM event;
`;

/** A wamid identifies its customer. `pseudonym_of` and `pseudonym_of_message` are functions of pseudonyms.ts. */
const PSEUDONYMS = `
  UPDATE event SET dedupe_key = pseudonym_of_message(message_id) || ' ' || CASE kind || topic
    WHEN 'webhookdelivery_status' THEN pseudonym_of(
      's ' || phone_number_id || substr(dedupe_key, length('s ' || phone_number_id || ' ' || message_id) + 1))
    ELSE 'm ' || phone_number_id END;
  UPDATE event SET message_id = pseudonym_of_message(message_id) WHERE kind = 'drop';
`;

/** For unreadable items: an empty phone_number_id or message_id means that the item names none. */
const UNREADABLE = "ALTER TABLE event ADD COLUMN code INTEGER;";

/** Runs outside a transaction: data that older versions deleted was still in unused pages. */
export const VACUUM = "VACUUM";

/** A retired number and one in service may have the same phone: the second one sends. */
const RETIRED = "ALTER TABLE number ADD COLUMN is_retired INTEGER NOT NULL DEFAULT 0;";

/** How far the console's roster was read, to ask only for later changes. */
const ROSTER = `
  CREATE TABLE roster (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    cursor TEXT NOT NULL
  ) STRICT;
`;

/**
 * Seconds since 1970 by our clock, by which customers' ids are forgotten. Older rows have only Meta's times,
 * of which an impossible one counts as now.
 */
const HEARD = `
  ALTER TABLE fact ADD COLUMN heard_at INTEGER NOT NULL DEFAULT 0;
  UPDATE fact SET heard_at =
    CASE WHEN last_at BETWEEN unixepoch('2026-01-01') AND unixepoch() THEN last_at ELSE unixepoch() END;
`;

/** Notices about strangers, of whom nothing was delivered. `fingerprint_of` and `seal` are in sealed-notices.ts. */
const SEALED_NOTICES = `
  CREATE TABLE sealed_notice (
    fingerprint TEXT NOT NULL,
    notice TEXT NOT NULL,
    sealed BLOB NOT NULL,
    heard_at INTEGER NOT NULL,
    PRIMARY KEY (fingerprint, notice)
  ) STRICT, WITHOUT ROWID;
  CREATE TEMP TABLE ids_of AS
    SELECT key, bsuid AS id FROM fact WHERE bsuid IS NOT NULL
    UNION SELECT key, phone FROM fact WHERE phone IS NOT NULL
    UNION SELECT key, previous_bsuid FROM fact WHERE previous_bsuid IS NOT NULL
    UNION SELECT key, previous_phone FROM fact WHERE previous_phone IS NOT NULL;
  CREATE INDEX temp.ids_of_id ON ids_of (id);
  CREATE INDEX temp.ids_of_key ON ids_of (key);
  CREATE TEMP TABLE known AS
    WITH RECURSIVE known (id) AS (
      SELECT id FROM ids_of JOIN fact USING (key) WHERE kind = 'seen'
      UNION SELECT other.id FROM known JOIN ids_of USING (id) JOIN ids_of AS other USING (key)
    ) SELECT id FROM known;
  CREATE TEMP TABLE stranger AS
    SELECT key FROM fact WHERE kind = 'changed'
      AND NOT EXISTS (SELECT 1 FROM ids_of JOIN known USING (id) WHERE ids_of.key = fact.key);
  INSERT OR REPLACE INTO sealed_notice
    SELECT fingerprint_of(id), pseudonym_of(key), seal(json_object('key', key, 'portfolioId', scope,
        'kind', kind, 'bsuid', bsuid, 'phone', phone, 'previousBsuid', previous_bsuid,
        'previousPhone', previous_phone, 'firstAt', first_at, 'lastAt', last_at), id), heard_at
    FROM stranger JOIN fact USING (key) JOIN ids_of USING (key);
  DELETE FROM fact WHERE key IN (SELECT key FROM stranger);
  DROP TABLE temp.stranger; DROP TABLE temp.known; DROP TABLE temp.ids_of;
`;

/**
 * Lanes name customers, and are of no use once a webhook is settled. pending.payload is the body to deliver
 * if the event's own is anonymous, since it is about somebody whose messages are dropped.
 */
const UNTIL_SETTLED = `
  ALTER TABLE pending ADD COLUMN lanes TEXT NOT NULL DEFAULT '';
  ALTER TABLE pending ADD COLUMN payload TEXT;
  UPDATE pending SET lanes = (SELECT coalesce(lane, '') FROM event WHERE event.seq = pending.seq);
  ALTER TABLE event DROP COLUMN lane;
  CREATE TEMP TABLE stranger AS
    SELECT seq FROM event WHERE topic = 'delivery_status'
      AND message_case IN ('phone_less', 'unidentified')
      AND json_type(payload, '$.recipient.userId') IS NULL;
  UPDATE pending SET payload = (SELECT payload FROM event WHERE event.seq = pending.seq)
    WHERE seq IN (SELECT seq FROM stranger);
  UPDATE event SET message_id = pseudonym_of_message(message_id),
      payload = json_remove(json_set(payload, '$.original', json('{}'), '$.recipient.name', NULL,
        '$.statusUpdate.id', iif(payload ->> '$.statusUpdate.id' = message_id,
          pseudonym_of_message(message_id), payload ->> '$.statusUpdate.id')), '$.callbackData')
    WHERE seq IN (SELECT seq FROM stranger);
  DROP TABLE temp.stranger;
`;

/** Marks what is counted for the console: customers' messages. */
const COUNTED = `
  ALTER TABLE event ADD COLUMN is_counted INTEGER NOT NULL DEFAULT 1;
  UPDATE event SET is_counted = 0 WHERE topic IN ('delivery_status', 'unreadable');
`;

/** Rows of counts that did not fit into the last report, as JSON; null when there are none. */
const WAITING_COUNTS = "ALTER TABLE report ADD COLUMN waiting TEXT;";

/** Run in order, each once; a released one is never edited. The file's user_version counts them. */
export const MIGRATIONS: readonly string[] = [
  EVENTS,
  IDENTITIES,
  FEWER_INDEXES,
  PENDING,
  REPORTS,
  PSEUDONYMS,
  VACUUM,
  RETIRED,
  UNREADABLE,
  ROSTER,
  HEARD,
  SEALED_NOTICES,
  UNTIL_SETTLED,
  COUNTED,
  WAITING_COUNTS,
];
