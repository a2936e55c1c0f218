import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { limitSchema } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import { weekStart } from "./loss-window.ts";
import { numberFilterSchema, toCondition } from "./number-filter.ts";
import { isBeyond, parsePosition, toOrder, toPositionCursor } from "./number-order.ts";
import type { NumberRecord } from "./number-record.ts";
import { NUMBER_SORTS } from "./number-sorts.ts";
import { readNumbersInOrder } from "./read-numbers-in-order.ts";
import { readSearch } from "./read-search.ts";

export const listNumbersSchema = numberFilterSchema.extend({
  sort: z.enum(NUMBER_SORTS).default("label").meta({
    description: "`changed` is latest first, `loss` most lost in 7 days first.",
  }),
  limit: limitSchema,
  cursor: z.string().optional(),
  /** Reads the page that ends before the cursor instead of the one that starts after it. */
  backwards: z.boolean().optional(),
});

export type ListNumbersInput = z.input<typeof listNumbersSchema>;

export type NumberPage = {
  items: NumberRecord[];
  nextCursor: string | null;
  previousCursor: string | null;
};

/**
 * Lists one page of the matching numbers, stable while others are inserted. Takes `number:read`.
 *
 * @throws AppError INVALID_INPUT for an invalid filter or cursor
 */
export async function listNumbers(actor: Actor, input: ListNumbersInput): Promise<NumberPage> {
  authorize(actor, "number:read");
  const { cursor, backwards = false, q = "", ...query } = parseInput(listNumbersSchema, input);
  const { sort } = query;
  const position = cursor === undefined ? null : parsePosition(sort, cursor);
  const since = position?.since ?? weekStart();
  const { key, join, isAscending: isUsuallyAscending } = toOrder(sort, since);
  const isAscending = isUsuallyAscending !== backwards;
  const direction = isAscending ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const search = await readSearch(q);
  const rows = await db().$queryRaw<{ key: string; id: string }[]>`
    SELECT ${key}::text AS key, n.phone_number_id AS id
    FROM number n JOIN account a ON a.id = n.account_id ${join}
    WHERE ${await toCondition(query, search)} AND ${isBeyond(position, { sort, isAscending })}
    ORDER BY ${key} ${direction}, n.phone_number_id ${direction}
    LIMIT ${query.limit + 1}`;
  const page = rows.slice(0, query.limit);
  const hasMore = rows.length > page.length;
  if (backwards) page.reverse();
  const toCursor = (row: { key: string; id: string } | undefined) =>
    row ? toPositionCursor({ sort, since, ...row }) : null;
  const hasNext = backwards || hasMore;
  const hasPrevious = backwards ? hasMore : cursor !== undefined;
  return {
    items: await readNumbersInOrder(page.map(({ id }) => id)),
    nextCursor: hasNext ? toCursor(page.at(-1)) : null,
    previousCursor: hasPrevious ? toCursor(page[0]) : null,
  };
}
