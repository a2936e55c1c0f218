import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Postgres } from "#postgres/embedded-postgres.ts";
import { startTemporaryPostgres } from "#postgres/temporary.ts";
import { withClient } from "#postgres/with-client.ts";
import { migrate } from "./migrate.ts";

// An operator's database: its owner is no superuser. On a cluster of its own, since roles are the cluster's.

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
});

afterAll(() => postgres.stop());

beforeEach(() => administrator("CREATE ROLE operator LOGIN PASSWORD 'operator'"));

afterEach(async () => {
  await administrator("DROP DATABASE IF EXISTS console");
  await administrator("DROP ROLE IF EXISTS bsuid_console_app");
  await administrator("DROP ROLE operator");
});

async function administrator(sql: string): Promise<void> {
  await withClient(postgres.superuserUrl("postgres"), (client) => client.query(sql));
}

async function createOwnDatabase(): Promise<string> {
  await administrator("CREATE DATABASE console OWNER operator");
  const url = new URL(postgres.superuserUrl("console"));
  url.username = "operator";
  url.password = "operator";
  return url.href;
}

/** What lib/db/client.ts does at each connection. */
async function takeApplicationRole(databaseUrl: string): Promise<string> {
  const url = new URL(databaseUrl);
  url.searchParams.set("options", "-c role=bsuid_console_app");
  return await withClient(url.href, async (client) => {
    await client.query("SELECT FROM ledger");
    return (
      (await client.query<{ role: string }>("SELECT current_user AS role")).rows[0]?.role ?? ""
    );
  });
}

test("an owner with CREATEROLE makes the application's role, and may take it", async () => {
  await administrator("ALTER ROLE operator CREATEROLE");
  const databaseUrl = await createOwnDatabase();
  await migrate({ databaseUrl });
  expect(await takeApplicationRole(databaseUrl)).toBe("bsuid_console_app");
});

test("an owner without CREATEROLE migrates where an administrator gave them the role", async () => {
  await administrator("CREATE ROLE bsuid_console_app NOLOGIN");
  await administrator("GRANT bsuid_console_app TO operator");
  const databaseUrl = await createOwnDatabase();
  await migrate({ databaseUrl });
  expect(await takeApplicationRole(databaseUrl)).toBe("bsuid_console_app");
});

test("an owner who may not make the role is told what an administrator has to run", async () => {
  const databaseUrl = await createOwnDatabase();
  await expect(migrate({ databaseUrl })).rejects.toThrow(
    /CREATE ROLE bsuid_console_app NOLOGIN; GRANT bsuid_console_app TO operator\./,
  );
});

test("an owner who may not take the role is told what an administrator has to run", async () => {
  await administrator("CREATE ROLE bsuid_console_app NOLOGIN");
  await administrator("ALTER ROLE operator CREATEROLE");
  const databaseUrl = await createOwnDatabase();
  await expect(migrate({ databaseUrl })).rejects.toThrow(
    /operator may not take the role.*run: GRANT bsuid_console_app TO operator\./,
  );
});
