import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

test("a test database is migrated and open to the application's role", async () => {
  const rows = await withClient(database.appUrl, async (client) => {
    await client.query("SET ROLE bsuid_console_app");
    const result = await client.query("SELECT current_database() AS name, current_user AS role");
    await client.query("SELECT 1 FROM ledger");
    return result.rows;
  });
  const { pathname } = new URL(database.appUrl);
  expect(rows).toEqual([{ name: pathname.slice(1), role: "bsuid_console_app" }]);
});

test("a deadlock is counted, however it is handled", async () => {
  expect(await database.countDeadlocks()).toBe(0);
  await withClient(database.ownerUrl, async (one) => {
    await withClient(database.ownerUrl, async (other) => {
      const lock = (client: pg.Client, key: number) =>
        client.query("SELECT pg_advisory_xact_lock($1)", [key]);
      for (const [client, key] of [
        [one, 1],
        [other, 2],
      ] as const) {
        await client.query("BEGIN");
        await lock(client, key);
      }
      const results = await Promise.allSettled([
        lock(one, 2).finally(() => one.query("ROLLBACK")),
        lock(other, 1).finally(() => other.query("ROLLBACK")),
      ]);
      const lost = results.filter(({ status }) => status === "rejected");
      expect(lost).toMatchObject([{ reason: { code: "40P01" } }]);
    });
  });
  expect(await database.countDeadlocks()).toBe(1);
});

test("databases made at the same time are different ones", async () => {
  const made = await Promise.all([1, 2, 3, 4].map(() => createTestDatabase()));
  expect(new Set(made.map(({ ownerUrl }) => ownerUrl)).size).toBe(4);
  await Promise.all(made.map(({ drop }) => drop()));
});
