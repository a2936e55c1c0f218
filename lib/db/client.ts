import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { getConfig } from "../config.ts";
import { toConnectionOptions } from "./connection-options.ts";
import { PrismaClient } from "./generated/client.ts";
import { limitQueries } from "./query-limit.ts";

type Database = { pool: pg.Pool; prisma: PrismaClient };

/** Next bundles its own copy of lib/; one slot on the process keeps one pool. */
const slot = Symbol.for("bsuid-console.database");
const holder = globalThis as { [slot]?: Database };

/** Prisma on the process's one pool. */
export function db(): PrismaClient {
  holder[slot] ??= openDatabase(getConfig().databaseUrl);
  return holder[slot].prisma;
}

/** A connection of the pool's, for statements that Prisma is too slow for. Give it back by `release`. */
export async function takeConnection(): Promise<pg.PoolClient> {
  holder[slot] ??= openDatabase(getConfig().databaseUrl);
  return await holder[slot].pool.connect();
}

/**
 * Uses this database instead of the configured one, until `closeDatabase`: for programs that
 * are not the server (the seed, the shell's import).
 */
export function setDatabase(databaseUrl: string): void {
  if (holder[slot]) throw new Error("This process uses a database already.");
  holder[slot] = openDatabase(databaseUrl);
}

/** Ends the pool; the next use opens a new one. */
export async function closeDatabase(): Promise<void> {
  const database = holder[slot];
  delete holder[slot];
  await database?.prisma.$disconnect();
  await database?.pool.end();
}

function openDatabase(connectionString: string): Database {
  // A pipeline: statements that do not wait for each other's answers travel together.
  const options = { ...toConnectionOptions(connectionString), max: 12, pipeline: true };
  const pool = new pg.Pool(options);
  pool.on("connect", (client) => {
    limitQueries(client);
    client.on("error", () => {}); // its queries are told; without a listener the process would end
  });
  pool.on("error", () => {}); // a broken idle connection is dropped; the next query opens another
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}
