import { createHash } from "node:crypto";
import type pg from "pg";
import type { Prisma } from "./generated/client.ts";

/** Runs statements in a transaction, whoever opened it. An int8 comes as bigint or as text. */
export type SqlRunner = {
  query: <Row>(sql: Prisma.Sql) => Promise<Row[]>;
};

/** In a transaction of Prisma's. */
export function toPrismaRunner(client: Prisma.TransactionClient): SqlRunner {
  return { query: (sql) => client.$queryRaw(sql) };
}

/**
 * On a connection of our own: each statement is parsed and planned once for the connection's life.
 *
 * @param options.isPooled the session may be another one next time, or know the name already: no names
 */
export function toConnectionRunner(
  client: pg.PoolClient,
  { isPooled }: { isPooled: boolean },
): SqlRunner {
  return {
    query: async ({ text, values }) => {
      const named = isPooled ? {} : { name: nameOf(text) };
      const { rows } = await client.query({ ...named, text, values });
      return rows;
    },
  };
}

/** By text, since two copies of this module may share a connection. A program has few texts: values are parameters. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  const name = names.get(text) ?? createHash("sha256").update(text).digest("hex").slice(0, 32);
  names.set(text, name);
  return name;
}
