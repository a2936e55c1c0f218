import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson } from "#testing/factories.ts";
import { db } from "./client.ts";
import { isUnavailable } from "./is-unavailable.ts";
import { withOwnQueryLimit } from "./query-limit.ts";
import { inAuditedTransaction } from "./transaction.ts";

useTestDatabase();

/** Answers later than the usual limit. */
const sleepLong = (client: Pick<ReturnType<typeof db>, "$queryRaw">) =>
  client.$queryRaw`SELECT pg_sleep(4.5)::text`;

async function timeOf(work: () => Promise<unknown>) {
  const startedAt = performance.now();
  const error = await work().then(
    () => null,
    (failure: unknown) => failure,
  );
  return { error, seconds: (performance.now() - startedAt) / 1_000 };
}

test("an unanswered query ends within 5 s as unavailable, alone and in a transaction; long work may take longer", async () => {
  const support = await aPerson("support");
  const [alone, inTransaction, audited, long] = await Promise.all([
    timeOf(() => sleepLong(db())),
    timeOf(() => db().$transaction(async (tx) => await sleepLong(tx), { timeout: 20_000 })),
    timeOf(() => inAuditedTransaction(support, async (tx) => await sleepLong(tx.db))),
    timeOf(() =>
      withOwnQueryLimit((limit) => {
        limit.milliseconds = 10_000;
        return db().$transaction(async (tx) => await sleepLong(tx), { timeout: 20_000 });
      }),
    ),
  ]);
  for (const { error, seconds } of [alone, inTransaction, audited]) {
    expect(isUnavailable(error)).toBe(true);
    expect(seconds).toBeLessThan(5);
  }
  expect(long).toMatchObject({ error: null });
});

test("connections that were given up leave room for others", async () => {
  const all = Array.from({ length: 15 }, () => timeOf(() => sleepLong(db())));
  for (const { error } of await Promise.all(all)) expect(isUnavailable(error)).toBe(true);
  const again = Array.from({ length: 15 }, () => timeOf(() => db().$queryRaw`SELECT 1`));
  for (const { error } of await Promise.all(again)) expect(error).toBeNull();
});
