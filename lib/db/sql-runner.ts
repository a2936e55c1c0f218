import { createHash } from "node:crypto";
import type pg from "pg";
import type { Prisma } from "./generated/client.ts";

/** Runs statements in a transaction of Prisma's or our own. An int8 is returned as bigint or as text. */
export type SqlRunner = {
  query: <Row>(sql: Prisma.Sql) => Promise<Row[]>;
};

/** Runs statements in a transaction of Prisma's. */
export function toPrismaRunner(client: Prisma.TransactionClient): SqlRunner {
  return { query: (sql) => client.$queryRaw(sql) };
}

/**
 * Runs statements on a connection of our own, as named statements: parsed once per connection.
 *
 * @param options.isPooled no names: a pooler may switch sessions, and another one may lack or already have the name
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

/** Names are hashes, since two copies of this module may share a connection. The map stays small: values are parameters. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  const name = names.get(text) ?? createHash("sha256").update(text).digest("hex").slice(0, 32);
  names.set(text, name);
  return name;
}
