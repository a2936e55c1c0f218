import type { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { parseInput } from "../parse-input.ts";
import type { NumbersReading } from "../phones/read-numbers.ts";
import { numberFilterSchema, toCondition } from "./number-filter.ts";
import { readSearch, type Search } from "./read-search.ts";

/** How many numbers match, counted up to 10,000. */
export type MatchSummary = {
  total: number;
  /** Whether there are more than `total`. */
  isCapped: boolean;
  /** The numbers that a pasted text names; null for a search for words, or no search. */
  reading: NumbersReading | null;
};

const MAX_COUNTED = 10_000;

/** How many matches of a search the other filters leave out, counted up to 10,000. */
export type HiddenMatches = { count: number; isCapped: boolean };

/** Counts the numbers that match the search but not the other filters. Takes `number:read`. */
export async function countHiddenMatches(
  actor: Actor,
  input: z.input<typeof numberFilterSchema>,
): Promise<HiddenMatches> {
  authorize(actor, "number:read");
  const { q = "", ...filters } = parseInput(numberFilterSchema, input);
  const search = await toCondition({}, await readSearch(q));
  const others = await toCondition(filters, { kind: "all" });
  const count = await countUpTo(Prisma.sql`${search} AND NOT (${others})`, MAX_COUNTED);
  return { count: Math.min(count, MAX_COUNTED), isCapped: count > MAX_COUNTED };
}

/** Summarises the list: how many numbers match, and how a pasted text was read. Takes `number:read`. */
export async function summariseMatches(
  actor: Actor,
  input: z.input<typeof numberFilterSchema>,
): Promise<MatchSummary> {
  authorize(actor, "number:read");
  const { q = "", ...filters } = parseInput(numberFilterSchema, input);
  const search = await readSearch(q);
  const count = await countUpTo(await toCondition(filters, search), MAX_COUNTED);
  return {
    total: Math.min(count, MAX_COUNTED),
    isCapped: count > MAX_COUNTED,
    reading: await toReading(search, { hasMatches: count > 0 }),
  };
}

/** No reading for words with digits in them that match a number, within the filters or outside. */
async function toReading(
  search: Search,
  { hasMatches }: { hasMatches: boolean },
): Promise<NumbersReading | null> {
  if (search.kind === "all") return null;
  if (search.kind === "numbers" || search.phoneNumberIds.length > 0) return search.reading;
  const isFound = hasMatches || (await countUpTo(await toCondition({}, search), 1)) > 0;
  return isFound ? null : search.reading;
}

/** Counts matches, and stops at one more than `most`. */
async function countUpTo(condition: Prisma.Sql, most: number): Promise<number> {
  const [row] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (
      SELECT FROM number n JOIN account a ON a.id = n.account_id
      WHERE ${condition} LIMIT ${most + 1}) AS matching`;
  return Number(row?.count ?? 0);
}
