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

/** Old ones are found in the order of seq, which is that of time. */
const FEWER_INDEXES = "DROP INDEX event_decided_at;";

/** Lanes are in memory now: only what waits is on disk, in narrow rows that go when it is settled. */
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

/** A wamid tells who its customer is. `pseudonym_of` and `pseudonym_of_message` are pseudonyms.ts's. */
const PSEUDONYMS = `
  UPDATE event SET dedupe_key = pseudonym_of_message(message_id) || ' ' || CASE kind || topic
    WHEN 'webhookdelivery_status' THEN pseudonym_of(
      's ' || phone_number_id || substr(dedupe_key, length('s ' || phone_number_id || ' ' || message_id) + 1))
    ELSE 'm ' || phone_number_id END;
  UPDATE event SET message_id = pseudonym_of_message(message_id) WHERE kind = 'drop';
`;

/** Of what could not be read: an empty phone_number_id or message_id says that it names none. */
const UNREADABLE = "ALTER TABLE event ADD COLUMN code INTEGER;";

/** Runs by itself, in no transaction: what older versions deleted was still in pages that nothing used. */
export const VACUUM = "VACUUM";

/** A phone may be that of a retired number and of one in service: the second sends. */
const RETIRED = "ALTER TABLE number ADD COLUMN is_retired INTEGER NOT NULL DEFAULT 0;";

/** How far the console's roster was read: only what changed since is asked for. */
const ROSTER = `
  CREATE TABLE roster (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    cursor TEXT NOT NULL
  ) STRICT;
`;

/** In order, each run once; what was released is never edited. The file's user_version counts them. */
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
];
