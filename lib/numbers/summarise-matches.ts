import type { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { parseInput } from "../parse-input.ts";
import { numberFilterSchema, toCondition } from "./number-filter.ts";
import { IS_THE_NUMBER } from "./search-condition.ts";
import { parseSearchQuery } from "./search-query.ts";

/** How many numbers match at all; beyond `MOST_COUNTED` it says so instead of counting on. */
export type MatchSummary = {
  total: number;
  isCapped: boolean;
  /** Pasted numbers that no number of the roster has, in the order pasted, digits only. */
  notFound: string[];
};

const MOST_COUNTED = 10_000;

/** Matches of a search that the other filters leave out; beyond 10,000 it says so, too. */
export type HiddenMatches = { count: number; isCapped: boolean };

/** How many numbers the search finds and the other filters leave out. Takes `number:read`. */
export async function countHiddenMatches(
  actor: Actor,
  input: z.input<typeof numberFilterSchema>,
): Promise<HiddenMatches> {
  authorize(actor, "number:read");
  const { q, ...filters } = parseInput(numberFilterSchema, input);
  const search = await toCondition(q === undefined ? {} : { q });
  const count = await countUpTo(Prisma.sql`${search} AND NOT (${await toCondition(filters)})`);
  return { count: Math.min(count, MOST_COUNTED), isCapped: count > MOST_COUNTED };
}

/** What stands above the list: the size of the match, and what a pasted list did not find. Takes `number:read`. */
export async function summariseMatches(
  actor: Actor,
  input: z.input<typeof numberFilterSchema>,
): Promise<MatchSummary> {
  authorize(actor, "number:read");
  const filter = parseInput(numberFilterSchema, input);
  const count = await countUpTo(await toCondition(filter));
  return {
    total: Math.min(count, MOST_COUNTED),
    isCapped: count > MOST_COUNTED,
    notFound: await findMissing(filter.q ?? ""),
  };
}

/** At most one more than are counted. */
async function countUpTo(condition: Prisma.Sql): Promise<number> {
  const [row] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (
      SELECT FROM number n JOIN account a ON a.id = n.account_id
      WHERE ${condition} LIMIT ${MOST_COUNTED + 1}) AS matching`;
  return Number(row?.count ?? 0);
}

async function findMissing(q: string): Promise<string[]> {
  const query = parseSearchQuery(q);
  if (query.kind !== "numbers") return [];
  const rows = await db().$queryRaw<{ digits: string }[]>`
    SELECT w.digits FROM unnest(${query.numbers}::text[]) WITH ORDINALITY AS w(digits, place)
    WHERE NOT EXISTS (SELECT FROM number n WHERE ${IS_THE_NUMBER}) ORDER BY w.place`;
  return rows.map(({ digits }) => digits);
}
