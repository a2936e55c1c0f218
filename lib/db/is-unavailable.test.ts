import { once } from "node:events";
import { createServer } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { expect, test } from "vitest";
import { startTemporaryPostgres } from "#postgres/temporary.ts";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { setFlags } from "../flags/set-flags.ts";
import { db } from "./client.ts";
import { PrismaClient } from "./generated/client.ts";
import { isUnavailable } from "./is-unavailable.ts";

const database = useTestDatabase();

/** Prisma on a pool of its own, as lib/db/client.ts makes it. */
function connect(connectionString: string, options: pg.PoolConfig = {}) {
  const pool = new pg.Pool({ connectionString, connectionTimeoutMillis: 500, ...options });
  pool.on("error", () => undefined);
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => expect.unreachable("It worked."),
    (error: unknown) => error,
  );
}

test("a PostgreSQL that was stopped is unavailable, for a query, a raw query and a transaction", async () => {
  const postgres = await startTemporaryPostgres();
  const { prisma } = connect(postgres.superuserUrl("postgres"));
  await prisma.$queryRaw`SELECT 1`;
  await postgres.stop();

  expect(isUnavailable(await failureOf(prisma.token.findMany()))).toBe(true);
  expect(isUnavailable(await failureOf(prisma.$queryRaw`SELECT 1`))).toBe(true);
  expect(isUnavailable(await failureOf(prisma.$transaction((tx) => tx.token.count())))).toBe(true);
});

test("a server that takes the connection and never answers is unavailable", async () => {
  const hole = createServer().listen(0, "127.0.0.1");
  await once(hole, "listening");
  const address = hole.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const { prisma } = connect(`postgresql://a:b@127.0.0.1:${port}/x`);
  expect(isUnavailable(await failureOf(prisma.token.findMany()))).toBe(true);
  hole.close();
});

test("a pool without a free connection is unavailable", async () => {
  const { pool, prisma } = connect(database.appUrl(), { max: 1 });
  const client = await pool.connect();
  expect(isUnavailable(await failureOf(prisma.token.findMany()))).toBe(true);
  client.release();
  await pool.end();
});

test("a ledger that somebody else keeps locked is unavailable", async () => {
  const support = await aPerson("support");
  const changes = [{ phoneNumberId: await aNumber(), acceptsBsuid: true }];
  await withClient(database.ownerUrl(), async (holder) => {
    await holder.query("BEGIN; SELECT FROM ledger FOR UPDATE");
    const failure = await failureOf(setFlags(support, { changes, reason: "Held by another" }));
    expect(isUnavailable(failure)).toBe(true);
  });
});

test("a connection that the server ends in the middle of a query is unavailable", async () => {
  const query = failureOf(db().$queryRaw`SELECT pg_sleep(20)::text AS held`);
  await withClient(database.ownerUrl(), async (owner) => {
    const kill = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE query LIKE '%AS held%' AND state = 'active' AND pid <> pg_backend_pid()`;
    await expect.poll(async () => (await owner.query(kill)).rowCount).toBe(1);
  });
  expect(isUnavailable(await query)).toBe(true);
});

test("a mistake in a query is not unavailability", async () => {
  expect(isUnavailable(await failureOf(db().$queryRaw`SELECT 'x'::bigint`))).toBe(false);
  expect(isUnavailable(await failureOf(db().$queryRaw`SELECT nonsense`))).toBe(false);
  expect(isUnavailable(new Error("Something else"))).toBe(false);
  expect(isUnavailable("Connection terminated")).toBe(false);
});
