import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { GENESIS_HASH, hashEvent } from "../audit/event.ts";
import { toSignedEvent } from "../audit/to-signed-event.ts";
import { setFlag } from "../flags/set-flag.ts";
import { db } from "./client.ts";

// Attacks by raw SQL: as the application's role, and as the owner, whom grants do not stop.

const database = useTestDatabase();
const REASON = "An honest change";
let owner: pg.Client;
let app: pg.Client;

beforeAll(async () => {
  owner = new pg.Client(database.ownerUrl());
  app = new pg.Client({
    connectionString: database.appUrl(),
    options: "-c role=bsuid_console_app",
  });
  await Promise.all([owner.connect(), app.connect()]);
});

afterAll(() => Promise.all([owner.end(), app.end()]));

/** Runs statements as one transaction, which a refusal at any of them or at commit undoes. */
async function attack(client: pg.Client, ...statements: string[]): Promise<void> {
  try {
    await client.query("BEGIN");
    for (const statement of statements) await client.query(statement);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

/** The number's row, the ledger and the trail's length: what no refused attack may move. */
async function readState(id: string) {
  const { rows } = await owner.query(
    "SELECT row_to_json(n) AS number, row_to_json(l) AS ledger, (SELECT count(*) FROM audit_event) AS events FROM number n, ledger l WHERE n.phone_number_id = $1",
    [id],
  );
  return rows;
}

async function expectRefused(id: string, message: RegExp, work: () => Promise<void>) {
  const before = await readState(id);
  await expect(work()).rejects.toThrow(message);
  expect(await readState(id)).toEqual(before);
}

/** SQL that inserts a copy of the last event, continuing the chain, with some columns replaced. */
function forgedEvent(columns: Record<string, string>): string {
  return `INSERT INTO audit_event
    SELECT (jsonb_populate_record(e, jsonb_build_object(
      'seq', l.seq + 1, 'id', gen_random_uuid(), 'prev_hash', l.head_hash,
      'hash', encode(sha256(random()::text::bytea), 'hex'), 'revision', l.revision + 1
      ${Object.entries(columns)
        .map(([name, value]) => `, '${name}', ${value}`)
        .join("")}))).*
    FROM audit_event e JOIN ledger l ON e.seq = l.seq`;
}

/** SQL that flips a number on, as of the last event, which `forgedEvent` copies. */
const switchOn = (id: string, columns: { revision?: string; changedBy?: string } = {}) => {
  const { revision = "l.revision + 1", changedBy = "e.actor_id::uuid" } = columns;
  return `UPDATE number n SET accepts_bsuid = true, flag_version = flag_version + 1,
    flag_revision = ${revision}, flag_changed_at = e.occurred_at, flag_changed_by_id = ${changedBy}
    FROM ledger l JOIN audit_event e ON e.seq = l.seq WHERE n.phone_number_id = '${id}'`;
};

describe("guarantee 1: no flag change without its audit event", () => {
  const ATTACKS: [string, (id: string) => string[]][] = [
    [
      "the flag alone",
      (id) => [`UPDATE number SET accepts_bsuid = true WHERE phone_number_id = '${id}'`],
    ],
    ["the flag with version and revision, but no event", (id) => [switchOn(id)]],
    [
      "the version alone",
      (id) => [`UPDATE number SET flag_version = 9 WHERE phone_number_id = '${id}'`],
    ],
    [
      "the revision alone",
      (id) => [`UPDATE number SET flag_revision = 9 WHERE phone_number_id = '${id}'`],
    ],
    [
      "the time alone",
      (id) => [`UPDATE number SET flag_changed_at = now() WHERE phone_number_id = '${id}'`],
    ],
    [
      "the person alone",
      (id) => [
        `UPDATE number SET flag_changed_by_id = (SELECT id FROM person LIMIT 1) WHERE phone_number_id = '${id}'`,
      ],
    ],
    [
      "the flag with an event of another person",
      (id) => [
        switchOn(id, { changedBy: "NULL" }),
        forgedEvent({ target_id: `'${id}'`, action: "'flag.enabled'" }),
      ],
    ],
    [
      "the flag with an event of another time",
      (id) => [
        switchOn(id),
        forgedEvent({ target_id: `'${id}'`, action: "'flag.enabled'", occurred_at: "now()" }),
      ],
    ],
    [
      "on and off again in one transaction",
      (id) => [
        `UPDATE number SET accepts_bsuid = true WHERE phone_number_id = '${id}'`,
        `UPDATE number SET accepts_bsuid = false WHERE phone_number_id = '${id}'`,
      ],
    ],
    [
      "the flag with an event of another number",
      (id) => [switchOn(id), forgedEvent({ action: "'flag.enabled'" })],
    ],
    [
      "the flag with an event of the other direction",
      (id) => [switchOn(id), forgedEvent({ target_id: `'${id}'`, action: "'flag.disabled'" })],
    ],
    [
      "the flag with an event that says something else",
      (id) => [
        switchOn(id),
        forgedEvent({
          target_id: `'${id}'`,
          action: "'flag.enabled'",
          before: `'{"acceptsBsuid": true}'::jsonb`,
          after: `'{"acceptsBsuid": true}'::jsonb`,
        }),
      ],
    ],
  ];

  for (const [role, client] of [
    ["the application", () => app],
    ["the owner", () => owner],
  ] as const) {
    test.each(ATTACKS)(`refused to ${role}: %s`, async (_, statements) => {
      const support = await aPerson("support");
      await setFlag(support, {
        phoneNumberId: await aNumber(),
        acceptsBsuid: true,
        reason: REASON,
      });
      const id = await aNumber();
      await expectRefused(id, /audit event|changes no flag/, () =>
        attack(client(), ...statements(id)),
      );
    });
  }

  test("what the attacks lack is the right event: with it they would pass", async () => {
    const support = await aPerson("support");
    await setFlag(support, { phoneNumberId: await aNumber(), acceptsBsuid: true, reason: REASON });
    const id = await aNumber();
    const event = forgedEvent({ target_id: `'${id}'`, action: "'flag.enabled'" });
    const steps = ["BEGIN", switchOn(id), event, "SET CONSTRAINTS ALL IMMEDIATE", "ROLLBACK"];
    for (const step of steps) await app.query(step);
  });

  test("an event of an earlier change cannot be used again", async () => {
    const support = await aPerson("support");
    const id = await aNumber();
    const { number } = await setFlag(support, {
      phoneNumberId: id,
      acceptsBsuid: true,
      reason: REASON,
    });
    await setFlag(support, { phoneNumberId: id, acceptsBsuid: false, reason: REASON });
    await expectRefused(id, /audit event/, () =>
      attack(owner, switchOn(id, { revision: String(number.flagRevision) })),
    );
  });

  test("an event of a change that was not made is refused", async () => {
    const support = await aPerson("support");
    const id = await aNumber();
    await setFlag(support, { phoneNumberId: id, acceptsBsuid: true, reason: REASON });
    await expectRefused(id, /changes no flag/, () => attack(owner, forgedEvent({})));
  });

  test("two events of one change are refused", async () => {
    const support = await aPerson("support");
    await setFlag(support, { phoneNumberId: await aNumber(), acceptsBsuid: true, reason: REASON });
    const id = await aNumber();
    const event = forgedEvent({ target_id: `'${id}'`, action: "'flag.enabled'" });
    await expectRefused(id, /changes no flag/, () =>
      attack(app, event, event, switchOn(id, { revision: "l.revision" })),
    );
  });

  test("a flag change without a reason is refused", async () => {
    const support = await aPerson("support");
    await setFlag(support, { phoneNumberId: await aNumber(), acceptsBsuid: true, reason: REASON });
    const id = await aNumber();
    const event = forgedEvent({ target_id: `'${id}'`, reason: "NULL" });
    await expectRefused(id, /says_why/, () => attack(owner, switchOn(id), event));
  });

  test.each([
    ["born accepting", "true, 0, 0, NULL"],
    ["born with a version", "false, 1, 0, NULL"],
    ["born with a revision", "false, 0, 1, NULL"],
    ["born changed by somebody", "false, 0, 0, (SELECT id FROM person LIMIT 1)"],
  ])("a number %s is refused", async (_, flag) => {
    const id = await aNumber();
    const insert = `INSERT INTO number (phone_number_id, display_phone_number, label, account_id, portfolio_id, waba_id, accepts_bsuid, flag_version, flag_revision, flag_changed_by_id)
      SELECT '99', display_phone_number, label, account_id, portfolio_id, waba_id, ${flag} FROM number LIMIT 1`;
    await expectRefused(id, /begins phone-only/, () => attack(owner, insert));
  });
});

describe("guarantee 2: the trail only grows", () => {
  const CHANGES = [
    "UPDATE audit_event SET reason = 'Somebody else asked for it'",
    "UPDATE audit_event SET actor_id = 'nobody' WHERE seq = 1",
    "DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)",
    "TRUNCATE audit_event",
    "INSERT INTO audit_event SELECT * FROM audit_event WHERE seq = 1 ON CONFLICT (seq) DO UPDATE SET reason = 'rewritten'",
  ];

  test.each(CHANGES)("refused to the application: %s", async (change) => {
    const id = await aNumber({ accepts: true });
    await expectRefused(id, /permission denied/, () => attack(app, change));
  });

  test.each(CHANGES)("refused to the owner: %s", async (change) => {
    const id = await aNumber({ accepts: true });
    await expectRefused(id, /only grows|continue the chain/, () => attack(owner, change));
  });

  test.each(["number", "account", "person", "token", "ledger"])(
    "the application can delete nothing from %s",
    async (table) => {
      const id = await aNumber();
      await expectRefused(id, /permission denied/, () => attack(app, `DELETE FROM ${table}`));
      await expectRefused(id, /permission denied/, () => attack(app, `TRUNCATE ${table} CASCADE`));
    },
  );

  test.each([
    "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    "DROP TRIGGER audit_event_only_grows ON audit_event",
    "CREATE TABLE mine ()",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
  ])("the application cannot lift the guards: %s", async (statement) => {
    const id = await aNumber();
    await expectRefused(id, /permission denied|must be owner/, () => attack(app, statement));
  });
});

describe("guarantee 3: revision order is commit order", () => {
  test.each([
    "UPDATE ledger SET revision = revision + 1",
    "UPDATE ledger SET head_hash = repeat('a', 64)",
    "UPDATE ledger SET seq = 0",
    "DELETE FROM ledger",
    "INSERT INTO ledger (id) VALUES (2)",
    "TRUNCATE ledger",
  ])("the ledger moves with the trail only, refused to the owner: %s", async (statement) => {
    const id = await aNumber();
    await expectRefused(id, /ledger/, () => attack(owner, statement));
  });

  test("the application may lock the ledger and not move it", async () => {
    const id = await aNumber();
    await attack(app, "SELECT * FROM ledger FOR UPDATE");
    await expectRefused(id, /permission denied/, () =>
      attack(app, "UPDATE ledger SET revision = 99"),
    );
  });

  test.each([
    ["that leaves a revision out", { revision: "l.revision + 2" }],
    ["that repeats a revision", { revision: "l.revision" }],
    ["that leaves an entry out", { seq: "l.seq + 2" }],
    ["that goes back", { seq: "l.seq" }],
  ])("an event %s is refused", async (_, columns) => {
    const id = await aNumber({ accepts: true });
    await expectRefused(id, /continue the chain|duplicate key/, () =>
      attack(owner, forgedEvent(columns as Record<string, string>)),
    );
  });

  test("a change that commits late holds the others back, so none is overtaken", async () => {
    const support = await aPerson("support");
    const [first, second] = [await aNumber(), await aNumber()];
    await owner.query("BEGIN");
    await owner.query("SELECT FROM ledger FOR UPDATE");
    const order: string[] = [];
    const flip = async (phoneNumberId: string) => {
      const change = { phoneNumberId, acceptsBsuid: true, reason: REASON };
      const { cursor } = await setFlag(support, change);
      order.push(cursor);
    };
    const flips = [flip(first)];
    await expect.poll(countWaiting).toBe(1);
    // Not together with the first, which left; and not held up by it.
    flips.push(flip(second));
    await expect.poll(countWaiting, { timeout: 2_000 }).toBe(2);
    expect(order).toEqual([]);
    await owner.query("COMMIT");
    await Promise.all(flips);
    expect(order.map(Number.parseInt)).toEqual(order.map(Number.parseInt).sort((a, b) => a - b));
  });
});

/** Seen from a connection of its own, since a transaction sees one state of the others' activity. */
function countWaiting() {
  return withClient(database.ownerUrl(), async (watcher) => {
    const { rowCount } = await watcher.query(
      "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
    );
    return rowCount;
  });
}

describe("guarantee 4: the chain", () => {
  test("every event carries the hash of the one before, and its own", async () => {
    const rows = await db().auditEvent.findMany({ orderBy: { seq: "asc" } });
    const events = rows.map(toSignedEvent);
    expect(events.length).toBeGreaterThan(10);
    for (const [place, event] of events.entries()) {
      expect(event.prevHash).toBe(events[place - 1]?.hash ?? GENESIS_HASH);
      expect(event.hash).toBe(hashEvent(event));
    }
  });

  test("an event that does not continue the chain is refused", async () => {
    const id = await aNumber({ accepts: true });
    await expectRefused(id, /continue the chain/, () =>
      attack(owner, forgedEvent({ prev_hash: "repeat('0', 64)" })),
    );
  });

  test("a flip is announced at its commit, with the revision", async () => {
    const heard = new Promise<string | undefined>((resolve) => {
      owner.once("notification", ({ payload }) => resolve(payload));
    });
    await owner.query("LISTEN flag_revision");
    const phoneNumberId = await aNumber();
    const flip = { phoneNumberId, acceptsBsuid: true, reason: REASON };
    const { number } = await setFlag(await aPerson("support"), flip);
    expect(await heard).toBe(String(number.flagRevision));
  });
});

describe("guarantee 5 and 6: the table is the replay, and people leave no gap", () => {
  test.each([
    [
      "carries its acceptance into another portfolio",
      "UPDATE number SET portfolio_id = '7' WHERE phone_number_id = $1",
      /switched off/,
    ],
    [
      "is retired while it accepts",
      "UPDATE number SET retired_at = now() WHERE phone_number_id = $1",
      /retired_is_off/,
    ],
    [
      "changes its id",
      "UPDATE number SET phone_number_id = '5' WHERE phone_number_id = $1",
      /keeps its/,
    ],
    ["is deleted", "DELETE FROM number WHERE phone_number_id = $1", /never deleted/],
  ])("a number that %s is refused", async (_, statement, message) => {
    const id = await aNumber({ accepts: true });
    await expectRefused(id, message, () => attack(owner, statement.replace("$1", `'${id}'`)));
  });

  test("a retired number stays retired", async () => {
    const id = await aNumber({ isRetired: true });
    const revive = `UPDATE number SET retired_at = NULL WHERE phone_number_id = '${id}'`;
    await expectRefused(id, /stays retired/, () => attack(owner, revive));
  });

  test("an event keeps its actor's name and address when the person is renamed", async () => {
    const support = await aPerson("support");
    const phoneNumberId = await aNumber();
    await setFlag(support, { phoneNumberId, acceptsBsuid: true, reason: REASON });
    await owner.query("UPDATE person SET name = 'Renamed', email = $2 WHERE id = $1", [
      support.id,
      `renamed.${support.id}@staff.test`,
    ]);
    const event = (await readEvents({ targetId: phoneNumberId }))[0];
    expect(event).toMatchObject({ actorName: support.name, actorEmail: support.email });
  });
});
