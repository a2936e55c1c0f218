import { afterEach, expect, test, vi } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { createTestDatabase, type TestDatabase } from "#testing/database/database.ts";
import { startTransactionPooler } from "#testing/database/transaction-pooler.ts";
import { openExternalDatabase } from "./external-database.ts";

const databases: TestDatabase[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const database of databases.splice(0)) await database.drop();
});

/** Creates a database, and a connection to another one on its server to change its settings. */
async function aDatabase() {
  const database = await createTestDatabase();
  databases.push(database);
  const elsewhere = new URL(database.ownerUrl);
  const name = elsewhere.pathname.slice(1);
  elsewhere.pathname = "/postgres";
  const run = (sql: string) => withClient(elsewhere.href, (client) => client.query(sql));
  return { ...database, name, run };
}

const open = (databaseUrl: string, directDatabaseUrl = databaseUrl) =>
  openExternalDatabase(
    { databaseUrl, directDatabaseUrl },
    {
      signal: new AbortController().signal,
      onFailure: (error) => {
        throw error;
      },
    },
  );

function hearOutput(): () => string {
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  return () => write.mock.calls.map(([text]) => String(text)).join("");
}

test("a database whose triggers are switched off, or that is read-only, stops the start, and the setting is named", async () => {
  const { appUrl, name, run } = await aDatabase();
  await run(`ALTER DATABASE ${name} SET session_replication_role = replica`);
  await expect(open(appUrl)).rejects.toThrow("session_replication_role is replica");
  await run(`ALTER DATABASE ${name} RESET session_replication_role`);
  await run(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  await expect(open(appUrl)).rejects.toThrow(
    /takes no writes.*RESET default_transaction_read_only/,
  );
});

test("a schema that the application's role may not use stops the start, with what to run", async () => {
  const { appUrl, ownerUrl } = await aDatabase();
  const revoke = "REVOKE USAGE ON SCHEMA public FROM PUBLIC, bsuid_console_app";
  await withClient(ownerUrl, (owner) => owner.query(revoke));
  await expect(open(appUrl, ownerUrl)).rejects.toThrow(/GRANT USAGE ON SCHEMA public/);
});

test.each(["SQL_ASCII", "LATIN1"])(
  "a database in %s stops the start, before it is migrated",
  async (encoding) => {
    const { run, name, ownerUrl } = await aDatabase();
    const other = `${name}_${encoding.toLowerCase()}`;
    await run(
      `CREATE DATABASE ${other} ENCODING '${encoding}' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0`,
    );
    const url = new URL(ownerUrl);
    url.pathname = `/${other}`;
    try {
      await expect(open(url.href)).rejects.toThrow(`encoding is ${encoding}`);
    } finally {
      await run(`DROP DATABASE ${other} WITH (FORCE)`);
    }
  },
);

test("a pooler in place of the server is reported, and does not stop the start", async () => {
  const { appUrl } = await aDatabase();
  const pooler = await startTransactionPooler(appUrl);
  const output = hearOutput();
  expect(await open(pooler.url)).toBeNull();
  expect(output()).toContain("Set DIRECT_DATABASE_URL to the server itself");
  expect(await open(pooler.url, appUrl)).toBeNull();
  expect(output().match(/DIRECT_DATABASE_URL/g)).toHaveLength(1);
  pooler.close();
});
