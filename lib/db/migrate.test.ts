import { createHash, randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { toSchemaScript } from "#testing/database/schema-script.ts";
import { applyMigrations } from "./apply-migrations.ts";
import { migrate } from "./migrate.ts";
import { MigrationError, OldFormError } from "./migration-error.ts";
import { findPending } from "./pending-migrations.ts";

const OURS = path.resolve(import.meta.dirname, "../../prisma");
const OURS_BY_NAME = (await readdir(path.join(OURS, "migrations")))
  .filter((name) => /^\d{14}_/.test(name))
  .sort();

let migrationsDir: string;
let databaseUrl: string;

beforeAll(async () => {
  migrationsDir = await mkdtemp(path.join(os.tmpdir(), "migrations-"));
});

afterAll(() => rm(migrationsDir, { recursive: true }));

beforeEach(async () => {
  await rm(migrationsDir, { recursive: true });
  await cp(path.join(OURS, "migrations"), migrationsDir, { recursive: true });
  databaseUrl = await createEmptyDatabase();
});

async function createEmptyDatabase(): Promise<string> {
  const url = new URL(process.env.TEST_DATABASE_URL ?? "");
  const name = `migrate_${randomBytes(6).toString("hex")}`;
  await withClient(url.href, (client) => client.query(`CREATE DATABASE ${name}`));
  url.pathname = `/${name}`;
  return url.href;
}

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(path.join(migrationsDir, name), { recursive: true });
  await writeFile(path.join(migrationsDir, name, "migration.sql"), sql);
}

const query = async (sql: string) =>
  (await withClient(databaseUrl, (client) => client.query(sql))).rows;
const records = () =>
  query(`SELECT migration_name AS name, finished_at IS NOT NULL AS finished, checksum
         FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`);

test("an empty database gets every migration, recorded as Prisma's own engine records it", async () => {
  expect(await migrate({ databaseUrl, migrationsDir })).toEqual({ applied: OURS_BY_NAME });
  const expected = OURS_BY_NAME.map(async (name) => {
    const sql = await readFile(path.join(migrationsDir, name, "migration.sql"));
    return { name, finished: true, checksum: createHash("sha256").update(sql).digest("hex") };
  });
  expect(await records()).toEqual(await Promise.all(expected));
  expect(await query("SELECT count(*)::int AS rows FROM ledger")).toEqual([{ rows: 1 }]);
});

test("an up-to-date database is not changed", async () => {
  await migrate({ databaseUrl, migrationsDir });
  expect(await migrate({ databaseUrl, migrationsDir })).toEqual({ applied: [] });
});

test("a half-migrated database gets what is missing, and keeps what it has", async () => {
  await migrate({ databaseUrl, migrationsDir });
  await query("INSERT INTO account (external_id, name) VALUES ('a', 'Acme')");
  await addMigration("20270101000000_more", "CREATE TABLE more (id int);");
  expect(await migrate({ databaseUrl, migrationsDir })).toEqual({
    applied: ["20270101000000_more"],
  });
  expect(await query("SELECT name FROM account")).toEqual([{ name: "Acme" }]);
});

test("a migration that another tool left unfinished is tried again", async () => {
  await migrate({ databaseUrl, migrationsDir });
  await query(`INSERT INTO _prisma_migrations (id, checksum, migration_name)
               VALUES (gen_random_uuid(), '', '20270101000000_more')`);
  await addMigration("20270101000000_more", "CREATE TABLE more (id int);");
  await migrate({ databaseUrl, migrationsDir });
  expect((await records()).map(({ name, finished }) => [name, finished])).toEqual([
    ...OURS_BY_NAME.map((name) => [name, true]),
    ["20270101000000_more", true],
  ]);
});

test("a migration that fails leaves nothing of itself or of those with it", async () => {
  await addMigration("20270101000000_good", "CREATE TABLE good (id int);");
  await addMigration("20270102000000_bad", "CREATE TABLE half (id int); SELECT 1 / 0;");
  await expect(migrate({ databaseUrl, migrationsDir })).rejects.toThrow(
    /nothing of it was changed.*division by zero/s,
  );
  expect(
    await query(
      "SELECT to_regclass('good') AS good, to_regclass('ledger') AS ledger, to_regclass('_prisma_migrations') AS records",
    ),
  ).toEqual([{ good: null, ledger: null, records: null }]);
  await rm(path.join(migrationsDir, "20270102000000_bad"), { recursive: true });
  await migrate({ databaseUrl, migrationsDir });
});

test("a migration that fails is named, with its line and what the database says", async () => {
  await migrate({ databaseUrl, migrationsDir });
  await addMigration("20270101000000_bad", "SELECT 1;\nSELECT nope FROM account;");
  await expect(migrate({ databaseUrl, migrationsDir })).rejects.toThrow(
    /"20270101000000_bad" fails at line 2: column "nope" does not exist\./,
  );
});

test.each([
  ["COMMIT", "CREATE TABLE half (id int); COMMIT;"],
  ["COMMIT before a failure", "CREATE TABLE half (id int); COMMIT; SELECT 1 / 0;"],
  ["COMMIT AND CHAIN", "CREATE TABLE half (id int); COMMIT AND CHAIN; SELECT 1 / 0;"],
  ["ROLLBACK", "CREATE TABLE half (id int); ROLLBACK;"],
])(
  "a migration with a %s of its own is refused by name, and not called applied",
  async (_, sql) => {
    await migrate({ databaseUrl, migrationsDir });
    await addMigration("20270101000000_ends", sql);
    await expect(migrate({ databaseUrl, migrationsDir })).rejects.toThrow(
      /"20270101000000_ends" has a COMMIT or ROLLBACK/,
    );
  },
);

test("a login that may not migrate starts when somebody else migrated while it waited", async () => {
  await migrate({ databaseUrl, migrationsDir });
  const readerUrl = await loginAsApplication();
  await addMigration("20270101000000_more", "CREATE TABLE more (id int);");
  await withClient(databaseUrl, async (holder) => {
    await holder.query("SELECT pg_advisory_lock(72707369)");
    const byOwner = migrate({ databaseUrl, migrationsDir });
    await vi.waitUntil(async () => await countWaiting(1));
    const byReader = migrate({ databaseUrl: readerUrl, migrationsDir });
    await vi.waitUntil(async () => await countWaiting(2));
    await holder.query("SELECT pg_advisory_unlock(72707369)");
    expect(await byOwner).toEqual({ applied: ["20270101000000_more"] });
    expect(await byReader).toEqual({ applied: [] });
  });
});

async function countWaiting(count: number): Promise<boolean> {
  const waiting = await query(`SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event = 'advisory'`);
  return waiting.length === count;
}

test("a process that stops in its migration lets go of the lock", async () => {
  await addMigration(
    "20270101000000_shows",
    `CREATE TABLE shown AS SELECT current_setting('idle_in_transaction_session_timeout') AS idle,
       current_setting('client_connection_check_interval') AS gone;`,
  );
  await migrate({ databaseUrl, migrationsDir });
  expect(await query("SELECT idle, gone FROM shown")).toEqual([{ idle: "1min", gone: "10s" }]);
});

test("a database of a newer version is refused with an explanation, and not changed", async () => {
  await addMigration("20270101000000_from_the_future", "CREATE TABLE future (id int);");
  await migrate({ databaseUrl, migrationsDir });
  const before = await records();
  const refused = await migrate({ databaseUrl }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(MigrationError);
  expect(String(refused)).toMatch(
    /newer version.*20270101000000_from_the_future.*Start that version/,
  );
  expect(await records()).toEqual(before);
});

test("a database from before the first release is refused with an explanation, and not changed", async () => {
  await rm(migrationsDir, { recursive: true });
  await addMigration("20261122000000_foundation", "CREATE TABLE early (id int);");
  await migrate({ databaseUrl, migrationsDir });
  const before = await records();
  const refused = await migrate({ databaseUrl }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(OldFormError);
  expect(String(refused)).toMatch(/before the first release.*Make an empty database/);
  expect(await records()).toEqual(before);
});

test("a database of another program is refused in words, and left alone", async () => {
  await query("CREATE TABLE invoice (id int)");
  const refused = await migrate({ databaseUrl, migrationsDir }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(MigrationError);
  expect(String(refused)).toMatch(/tables of another program.*"invoice".*Make an empty one/);
  expect(await query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).toEqual([
    { tablename: "invoice" },
  ]);
});

test("several that start at once on an empty database take turns", async () => {
  const results = await Promise.all([1, 2, 3].map(() => migrate({ databaseUrl, migrationsDir })));
  expect(results.flatMap(({ applied }) => applied)).toEqual(OURS_BY_NAME);
});

test("one that waited for another sees in its transaction what that one applied", async () => {
  // Of many changes PostgreSQL tells a waiting session by itself.
  const migrations = [{ name: OURS_BY_NAME[0] ?? "", sql: "CREATE TABLE small (id int)" }];
  await withClient(databaseUrl, async (waiting) => {
    expect(await findPending(waiting, migrations)).toHaveLength(1);
    await waiting.query("BEGIN");
    expect(await findPending(waiting, migrations)).toHaveLength(1);
    await withClient(databaseUrl, (first) => applyMigrations(first, migrations));
    expect(await findPending(waiting, migrations)).toEqual([]);
    await waiting.query("ROLLBACK");
  });
});

test("the application's role can start on a migrated database, and cannot migrate one", async () => {
  await migrate({ databaseUrl, migrationsDir });
  const asApplication = await loginAsApplication();
  expect(await migrate({ databaseUrl: asApplication, migrationsDir })).toEqual({ applied: [] });
  await addMigration("20270101000000_more", "CREATE TABLE more (id int);");
  await expect(migrate({ databaseUrl: asApplication, migrationsDir })).rejects.toThrow(
    /lacks the migration.*permission denied.*role that owns the schema/s,
  );
});

async function loginAsApplication(): Promise<string> {
  const url = new URL(databaseUrl);
  url.username = "console_app"; // made by the test cluster, with the same password
  return url.href;
}

/** Expressions and orders of our own, which schema.prisma cannot describe. */
const BY_HAND = [
  "number_label_order",
  "number_last_digits",
  "number_search_text",
  "number_search_letters",
  "traffic_count_lost",
  "audit_event_failures",
  "audit_event_other_channels",
  "audit_event_batch",
  "audit_event_terms",
  "private_value_identities",
  "notice_unread",
  "webhook_delivery_waiting",
  "webhook_secret_present",
];

test("the migrations give the schema that schema.prisma describes", async () => {
  await migrate({ databaseUrl, migrationsDir });
  const migrated = await describeSchema();
  const content = await readFile(path.join(OURS, "schema.prisma"), "utf8");
  databaseUrl = await createEmptyDatabase();
  await query(await toSchemaScript(content, databaseUrl));
  expect(migrated).toEqual(await describeSchema());
});

/** Columns, keys and indexes, one line each. */
async function describeSchema(): Promise<string[]> {
  const rows = await query(`
    SELECT format('%s.%s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default) AS line
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
    UNION ALL SELECT indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
      AND indexname NOT IN (${BY_HAND.map((name) => `'${name}'`).join(", ")})
    UNION ALL SELECT format('%s %s', conname, pg_get_constraintdef(oid)) FROM pg_constraint
    WHERE contype = 'f' ORDER BY line`);
  return rows.map(({ line }) => line);
}
