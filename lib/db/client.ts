import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { getConfig } from "../config.ts";
import { PrismaClient } from "./generated/client.ts";

/** The role that migrations make and every application connection takes: it cannot rewrite the trail. */
const APPLICATION_ROLE = "bsuid_console_app";

/** What holds for every connection, beyond the server's defaults. Times in milliseconds. */
const SESSION = {
  role: APPLICATION_ROLE,
  lock_timeout: 4_000,
  // Both free the ledger when a console dies with a transaction open.
  client_connection_check_interval: 1_000,
  idle_in_transaction_session_timeout: 10_000,
} as const;

type Database = { pool: pg.Pool; prisma: PrismaClient };

/** Next bundles its own copy of lib/; one slot on the process keeps one pool. */
const slot = Symbol.for("bsuid-console.database");
const holder = globalThis as { [slot]?: Database };

/** Prisma on the process's one pool. */
export function db(): PrismaClient {
  holder[slot] ??= openDatabase(getConfig().databaseUrl);
  return holder[slot].prisma;
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
  const pool = new pg.Pool({
    connectionString,
    max: 12,
    options: Object.entries(SESSION)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
    connectionTimeoutMillis: 4_000,
    keepAlive: true,
    application_name: "bsuid-console",
  });
  pool.on("error", () => {}); // a broken idle connection is dropped; the next query opens another
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}
