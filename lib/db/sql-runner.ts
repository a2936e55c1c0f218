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

/** On a connection of our own: each statement is parsed and planned once for the connection's life. */
export function toConnectionRunner(client: pg.PoolClient): SqlRunner {
  return {
    query: async (sql) => {
      const { text, values } = sql;
      const { rows } = await client.query({ name: nameOf(text), text, values });
      return rows;
    },
  };
}

/** Values are always parameters, so that a program has few texts, and the same ones for ever. */
const names = new Map<string, string>();

function nameOf(text: string): string {
  const name = names.get(text) ?? `statement_${names.size + 1}`;
  names.set(text, name);
  return name;
}
