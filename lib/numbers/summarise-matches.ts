import type { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { parseInput } from "../parse-input.ts";
import type { NumbersReading } from "../phones/read-numbers.ts";
import { numberFilterSchema, toCondition } from "./number-filter.ts";
import { readSearch, type Search } from "./read-search.ts";

/** How many numbers match at all; beyond `MOST_COUNTED` it says so instead of counting on. */
export type MatchSummary = {
  total: number;
  isCapped: boolean;
  /** What a pasted text says of numbers; null where the search is words, or none. */
  reading: NumbersReading | null;
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
  const { q = "", ...filters } = parseInput(numberFilterSchema, input);
  const search = await toCondition({}, await readSearch(q));
  const others = await toCondition(filters, { kind: "all" });
  const count = await countUpTo(Prisma.sql`${search} AND NOT (${others})`, MOST_COUNTED);
  return { count: Math.min(count, MOST_COUNTED), isCapped: count > MOST_COUNTED };
}

/** What stands above the list: the size of the match, and how a pasted text was read. Takes `number:read`. */
export async function summariseMatches(
  actor: Actor,
  input: z.input<typeof numberFilterSchema>,
): Promise<MatchSummary> {
  authorize(actor, "number:read");
  const { q = "", ...filters } = parseInput(numberFilterSchema, input);
  const search = await readSearch(q);
  const count = await countUpTo(await toCondition(filters, search), MOST_COUNTED);
  return {
    total: Math.min(count, MOST_COUNTED),
    isCapped: count > MOST_COUNTED,
    reading: await toReading(search, { hasMatches: count > 0 }),
  };
}

/** Words that happen to have digits in them found what they were to find, in this filter or outside. */
async function toReading(
  search: Search,
  { hasMatches }: { hasMatches: boolean },
): Promise<NumbersReading | null> {
  if (search.kind === "all") return null;
  if (search.kind === "numbers" || search.phoneNumberIds.length > 0) return search.reading;
  const isFound = hasMatches || (await countUpTo(await toCondition({}, search), 1)) > 0;
  return isFound ? null : search.reading;
}

/** At most one more than are counted. */
async function countUpTo(condition: Prisma.Sql, most: number): Promise<number> {
  const [row] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (
      SELECT FROM number n JOIN account a ON a.id = n.account_id
      WHERE ${condition} LIMIT ${most + 1}) AS matching`;
  return Number(row?.count ?? 0);
}
