import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { getConfig } from "../config.ts";
import { processSlot } from "../process-slot.ts";
import { PrismaClient } from "./generated/client.ts";
import { type ConsolePool, openPool } from "./pool.ts";
import { AS_APPLICATION, type DatabaseUser } from "./transaction-settings.ts";

type Database = ConsolePool & {
  prisma: PrismaClient;
  /** The address and user from `setDatabase`; null for those of the settings. */
  given: { url: string; user: DatabaseUser } | null;
};

const slot = processSlot<Database>("database");

/** The process's Prisma client. */
export function db(): PrismaClient {
  return database().prisma;
}

/**
 * Takes a connection from the pool, for statements that Prisma is too slow for. The caller has to `release` it.
 * If `isPooled`, a session may change between transactions, so nothing may be kept in it.
 */
export async function takeConnection(): Promise<{ client: pg.PoolClient; isPooled: boolean }> {
  const { pool, isPooled } = database();
  const client = await pool.connect();
  return { client, isPooled: isPooled(client) };
}

/**
 * Uses this database instead of the configured one, until `closeDatabase`. For programs other than
 * the server (the seed, the import command).
 */
export function setDatabase(url: string, user: DatabaseUser = AS_APPLICATION): void {
  if (slot.value) throw new Error("This process uses a database already.");
  slot.value = openDatabase(url, { url, user });
}

/** How to connect to the database directly: outside the pool, and without a pooler in between. */
export function directAccess(): { url: string; user: DatabaseUser } {
  const { given } = database();
  return given ?? { url: getConfig().directDatabaseUrl, user: AS_APPLICATION };
}

/** Closes the pool; the next use opens a new one. */
export async function closeDatabase(): Promise<void> {
  const open = slot.value;
  slot.value = undefined;
  await open?.prisma.$disconnect();
  await open?.pool.end();
}

function database(): Database {
  slot.value ??= openDatabase(getConfig().databaseUrl, null);
  return slot.value;
}

function openDatabase(url: string, given: Database["given"]): Database {
  const opened = openPool(url, given?.user);
  return { ...opened, given, prisma: new PrismaClient({ adapter: new PrismaPg(opened.pool) }) };
}
