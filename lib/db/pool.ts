import pg from "pg";
import { logger } from "../logger.ts";
import { toConnectionOptions } from "./connection-options.ts";
import { inOwnTransaction } from "./own-transaction.ts";
import { limitQueries, withOwnQueryLimit } from "./query-limit.ts";
import { checkSession, DatabaseSettingsError } from "./session-check.ts";
import { AS_APPLICATION, afterWaiting, type DatabaseUser } from "./transaction-settings.ts";

const MAX_CONNECTIONS = 12;
/** Together with the time to connect, less than the five seconds in which every request is answered. */
const CHECK_LIMIT_MS = 1_500;

const NOT_UTC = "The database gave a time that is not ISO 8601 in UTC: something undoes SET LOCAL.";

export type ConsolePool = {
  /** For Prisma: every statement, even a single one, runs in a transaction with the console's settings. */
  pool: pg.Pool;
  /** Whether a pooler is in between, which may give each transaction another session. */
  isPooled: (client: pg.PoolClient) => boolean;
};

/** Opens a pool of connections, each of which is checked before its first use. */
export function openPool(
  connectionString: string,
  user: DatabaseUser = AS_APPLICATION,
): ConsolePool {
  const pooled = new WeakSet<pg.ClientBase>();
  const pool = new pg.Pool({
    ...toConnectionOptions(connectionString),
    max: MAX_CONNECTIONS,
    // Statements that do not wait for each other's results are sent together.
    pipeline: true,
    // The pool awaits it. Its `verify` leaks a connection if the caller gave up meanwhile.
    onConnect: async (client) => {
      client.on("error", () => {}); // its queries get the error; without a listener the process would end
      // A pool makes no other kind.
      if (await prepare(client as pg.Client, user)) pooled.add(client);
    },
  });
  pool.on("error", () => {}); // a broken idle connection is dropped; the next query opens another
  timeConnect(pool);
  const query = (statement: pg.QueryConfig) => queryOnce(pool, statement, user);
  pool.query = query as pg.Pool["query"];
  return { pool, isPooled: (client) => pooled.has(client) };
}

/** How long the present holder of a connection has waited for it, in milliseconds. */
const waits = new WeakMap<object, number>();

/** Measures the wait for each connection. Expects callers to use promises, not callbacks. */
function timeConnect(pool: pg.Pool): void {
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
  const timed = async () => {
    const askedAt = performance.now();
    const client = await connect();
    waits.set(client, performance.now() - askedAt);
    return client;
  };
  pool.connect = timed as pg.Pool["connect"];
}

/** @returns whether a pooler is in between */
async function prepare(client: pg.Client, user: DatabaseUser): Promise<boolean> {
  limitQueries(client);
  adaptToPrisma(client, user);
  try {
    const { isPooled, readOnlyBecause } = await withOwnQueryLimit((limit) => {
      limit.milliseconds = CHECK_LIMIT_MS;
      return checkSession(client, user);
    });
    if (readOnlyBecause !== null) {
      logger().error({ cause: readOnlyBecause }, "A new database connection cannot write.");
    }
    return isPooled;
  } catch (error) {
    logger().error({ cause: String(error) }, "A new database connection cannot be used.");
    throw error;
  }
}

/** Adds our settings to Prisma's bare BEGIN, and checks the zone of each time, which Prisma ignores. */
function adaptToPrisma(client: pg.Client, { begin: own }: DatabaseUser): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const adapted = (statement: string | pg.QueryConfig, ...others: unknown[]) => {
    const text = statementText(statement);
    if (text === "BEGIN" || text.startsWith(own)) {
      const begin = text === "BEGIN" ? own : text;
      return query(afterWaiting(begin, waits.get(client) ?? 0), ...others);
    }
    if (typeof statement === "string") return query(statement, ...others);
    const { types } = statement;
    return query(types ? { ...statement, types: refuseOtherZones(types) } : statement, ...others);
  };
  client.query = adapted as pg.Client["query"];
}

const statementText = (statement: string | pg.QueryConfig) =>
  typeof statement === "string" ? statement : statement.text;

/** Throws on a time in another zone, so that it is never taken for UTC, whatever undid the setting. */
function refuseOtherZones(types: pg.CustomTypesConfig): pg.CustomTypesConfig {
  const getTypeParser = ((oid: number, format: "text" | "binary") => {
    const parse = types.getTypeParser(oid, format);
    if (oid !== pg.types.builtins.TIMESTAMPTZ) return parse;
    return (text: string) => {
      if (!/^\d{4,}-.+\+00$/.test(text)) throw new DatabaseSettingsError([NOT_UTC]);
      return parse(text);
    };
  }) as pg.CustomTypesConfig["getTypeParser"];
  return { getTypeParser };
}

/** Runs a query that Prisma sends outside a transaction. */
async function queryOnce(
  pool: pg.Pool,
  statement: pg.QueryConfig,
  user: DatabaseUser,
): Promise<pg.QueryResult> {
  const client = await pool.connect();
  try {
    return await inOwnTransaction(client, statement, user);
  } finally {
    client.release(); // the pool drops a broken connection
  }
}
