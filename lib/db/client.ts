import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { getConfig } from "../config.ts";
import { PrismaClient } from "./generated/client.ts";
import { type ConsolePool, openPool } from "./pool.ts";
import { AS_APPLICATION, type DatabaseUser } from "./transaction-settings.ts";

type Database = ConsolePool & {
  prisma: PrismaClient;
  /** Its address, and as whom, where a program said so; else the settings' hold. */
  given: { url: string; user: DatabaseUser } | null;
};

/** Next bundles its own copy of lib/; one slot on the process keeps one pool. */
const slot = Symbol.for("bsuid-console.database");
const holder = globalThis as { [slot]?: Database };

/** Prisma on the process's one pool. */
export function db(): PrismaClient {
  return database().prisma;
}

/**
 * A connection of the pool's, for statements that Prisma is too slow for. Give it back by `release`.
 * Where `isPooled`, nothing may be kept in its session from one transaction to the next.
 */
export async function takeConnection(): Promise<{ client: pg.PoolClient; isPooled: boolean }> {
  const { pool, isPooled } = database();
  const client = await pool.connect();
  return { client, isPooled: isPooled(client) };
}

/**
 * Uses this database instead of the configured one, until `closeDatabase`: for programs that
 * are not the server (the seed, the shell's import).
 */
export function setDatabase(url: string, user: DatabaseUser = AS_APPLICATION): void {
  if (holder[slot]) throw new Error("This process uses a database already.");
  holder[slot] = openDatabase(url, { url, user });
}

/** How to connect to the database apart from the pool, past any pooler. */
export function directAccess(): { url: string; user: DatabaseUser } {
  const { given } = database();
  return given ?? { url: getConfig().directDatabaseUrl, user: AS_APPLICATION };
}

/** Ends the pool; the next use opens a new one. */
export async function closeDatabase(): Promise<void> {
  const open = holder[slot];
  delete holder[slot];
  await open?.prisma.$disconnect();
  await open?.pool.end();
}

function database(): Database {
  holder[slot] ??= openDatabase(getConfig().databaseUrl, null);
  return holder[slot];
}

function openDatabase(url: string, given: Database["given"]): Database {
  const opened = openPool(url, given?.user);
  return { ...opened, given, prisma: new PrismaClient({ adapter: new PrismaPg(opened.pool) }) };
}
