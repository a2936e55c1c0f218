import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { limitSchema, parsePageCursor, toPageCursor } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import { isStorable } from "../text.ts";
import { numberFilterSchema, toCondition } from "./number-filter.ts";
import { NUMBER_RECORD_INCLUDE, type NumberRecord, toNumberRecord } from "./number-record.ts";
import { phoneNumberIdSchema } from "./phone-number-id.ts";

/** The orders of the list; ties are broken by phone_number_id. */
export const NUMBER_SORTS = ["label", "account", "changed"] as const;
export type NumberSort = (typeof NUMBER_SORTS)[number];

export const listNumbersSchema = numberFilterSchema.extend({
  sort: z.enum(NUMBER_SORTS).default("label").meta({ description: "`changed` is latest first." }),
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
 * One page of the numbers that match, stable while others insert. Takes `number:read`.
 *
 * @throws AppError INVALID_INPUT for a filter or a cursor that is not one
 */
export async function listNumbers(actor: Actor, input: ListNumbersInput): Promise<NumberPage> {
  authorize(actor, "number:read");
  const { cursor, backwards = false, ...query } = parseInput(listNumbersSchema, input);
  const order = ORDERS[query.sort];
  const isAscending = order.isAscending !== backwards;
  const found = await db().$queryRaw<Position[]>`
    SELECT ${order.key}::text AS key, n.phone_number_id AS id
    FROM number n JOIN account a ON a.id = n.account_id
    WHERE ${toCondition(query)} AND ${isBeyond(cursor, query.sort, isAscending)}
    ORDER BY ${order.key} ${direction(isAscending)}, n.phone_number_id ${direction(isAscending)}
    LIMIT ${query.limit + 1}`;
  const page = found.slice(0, query.limit);
  const hasMore = found.length > page.length;
  if (backwards) page.reverse();
  const hasNext = backwards || hasMore;
  const hasPrevious = backwards ? hasMore : cursor !== undefined;
  return {
    items: await readInOrder(page.map(({ id }) => id)),
    nextCursor: hasNext ? toCursorOf(page.at(-1), query.sort) : null,
    previousCursor: hasPrevious ? toCursorOf(page[0], query.sort) : null,
  };
}

type Position = { key: string; id: string };
type Order = { key: Prisma.Sql; type: Prisma.Sql; isAscending: boolean };

const TEXT = Prisma.sql`text`;
const ORDERS: Record<NumberSort, Order> = {
  label: { key: Prisma.sql`lower(n.label)`, type: TEXT, isAscending: true },
  account: { key: Prisma.sql`lower(a.name)`, type: TEXT, isAscending: true },
  changed: { key: Prisma.sql`n.flag_revision`, type: Prisma.sql`bigint`, isAscending: false },
};

function direction(isAscending: boolean): Prisma.Sql {
  return isAscending ? Prisma.sql`ASC` : Prisma.sql`DESC`;
}

/** A cursor names its order, so that one of another order is refused instead of misread. */
const positionSchema = z
  .tuple([z.enum(NUMBER_SORTS), z.string(), phoneNumberIdSchema])
  .refine(([sort, key]) => (sort === "changed" ? IS_REVISION.test(key) : isStorable(key)));
const IS_REVISION = /^[0-9]{1,15}$/;

function toCursorOf(position: Position | undefined, sort: NumberSort): string | null {
  return position ? toPageCursor([sort, position.key, position.id]) : null;
}

function isBeyond(cursor: string | undefined, sort: NumberSort, isAscending: boolean): Prisma.Sql {
  if (cursor === undefined) return Prisma.sql`TRUE`;
  const schema = positionSchema.refine(([cursorSort]) => cursorSort === sort);
  const [, key, id] = parsePageCursor(schema, cursor);
  const order = ORDERS[sort];
  const comparison = isAscending ? Prisma.sql`>` : Prisma.sql`<`;
  return Prisma.sql`(${order.key}, n.phone_number_id) ${comparison} (${key}::${order.type}, ${id})`;
}

async function readInOrder(ids: readonly string[]): Promise<NumberRecord[]> {
  const rows = await db().number.findMany({
    where: { phoneNumberId: { in: [...ids] } },
    include: NUMBER_RECORD_INCLUDE,
  });
  const places = new Map(ids.map((id, place) => [id, place]));
  const place = (number: NumberRecord) => places.get(number.phoneNumberId) ?? 0;
  return rows.map(toNumberRecord).sort((one, other) => place(one) - place(other));
}
