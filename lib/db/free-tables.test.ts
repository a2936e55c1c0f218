import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aSystem } from "#testing/factories.ts";
import { db } from "./client.ts";
import { areTablesFree, PAGES_TABLES } from "./free-tables.ts";
import { isUnavailable } from "./is-unavailable.ts";
import { inAuditedTransaction } from "./transaction.ts";

const database = useTestDatabase();

const LONGER_THAN_KNOWN_MS = 300;
const EVERYBODY_ANSWERED_MS = 5_000;

/** As a migration does in another session. */
async function hold(table: string): Promise<() => Promise<void>> {
  const owner = new pg.Client(database.ownerUrl());
  await owner.connect();
  onTestFinished(() => owner.end());
  await owner.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  return async () => {
    await owner.query("ROLLBACK");
  };
}

test.each(PAGES_TABLES)("a lock on %s is reported in time, and so is its end", async (table) => {
  await sleep(LONGER_THAN_KNOWN_MS);
  const free = await hold(table);
  const askedAt = performance.now();
  expect(await areTablesFree()).toBe(false);
  expect(performance.now() - askedAt).toBeLessThan(EVERYBODY_ANSWERED_MS);
  await free();
  await expect.poll(areTablesFree).toBe(true);
});

test("a missing table does not count as locked: the page that needs it reports it", async () => {
  await sleep(LONGER_THAN_KNOWN_MS);
  const owner = new pg.Client(database.ownerUrl());
  await owner.connect();
  onTestFinished(() => owner.end());
  await owner.query("ALTER TABLE token RENAME TO gone");
  onTestFinished(async () => void (await owner.query("ALTER TABLE gone RENAME TO token")));
  expect(await areTablesFree()).toBe(true);
});

test("many who wait for a connection and a locked table are all answered in time", async () => {
  await Promise.all(Array.from({ length: 12 }, () => db().$queryRaw`SELECT 1`));
  const free = await hold("person, ledger");
  const ask = (index: number) =>
    index % 2 === 0
      ? db().person.findFirst()
      : inAuditedTransaction(aSystem("flag:set"), async () => null);
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const askedAt = performance.now();
      const error = await ask(index).catch((caught: unknown) => caught);
      return { isUnavailable: isUnavailable(error), waitedMs: performance.now() - askedAt };
    }),
  );
  await free();
  expect(answers.filter((answer) => !answer.isUnavailable)).toEqual([]);
  expect(Math.max(...answers.map(({ waitedMs }) => waitedMs))).toBeLessThan(EVERYBODY_ANSWERED_MS);
});
