import { z } from "zod";
import { Prisma } from "../db/generated/client.ts";
import { parsePageCursor, toPageCursor } from "../page-cursor.ts";
import { isStorable } from "../text.ts";
import { HOUR_MS, lossesSince, weekStart } from "./loss-window.ts";
import type { NumberSort } from "./number-sorts.ts";
import { phoneNumberIdSchema } from "./phone-number-id.ts";

type Order = {
  /** The expression to order `number n JOIN account a` by, followed by `join`. */
  key: Prisma.Sql;
  type: Prisma.Sql;
  isAscending: boolean;
  join: Prisma.Sql;
};

const TEXT = { type: Prisma.sql`text`, isAscending: true, join: Prisma.empty };
const BIGINT = { type: Prisma.sql`bigint`, isAscending: false, join: Prisma.empty };
const ORDERS: Record<NumberSort, Order> = {
  label: { key: Prisma.sql`lower(n.label)`, ...TEXT },
  account: { key: Prisma.sql`lower(a.name)`, ...TEXT },
  changed: { key: Prisma.sql`n.flag_revision`, ...BIGINT },
  loss: { key: Prisma.sql`coalesce(loss.lost, 0)`, ...BIGINT },
};

/** @param since the first hour that counts as a loss */
export function toOrder(sort: NumberSort, since: Date): Order {
  if (sort !== "loss") return ORDERS[sort];
  const join = Prisma.sql`LEFT JOIN ${lossesSince(since)} AS loss
    ON loss.phone_number_id = n.phone_number_id`;
  return { ...ORDERS.loss, join };
}

/** Where a page ends. In the order by loss, all pages count losses from the first page's `since`. */
type Position = { sort: NumberSort; key: string; id: string; since: Date };

const IS_COUNT = /^[0-9]{1,15}$/;
/** How long a cursor of the order by loss is valid. */
const MAX_PAGING_MS = 24 * HOUR_MS;

const countSchema = z.string().regex(IS_COUNT);
const textSchema = z.string().refine(isStorable);
const sinceSchema = z.int().refine((since) => {
  const late = weekStart().getTime() - since;
  return late >= 0 && late <= MAX_PAGING_MS && since % HOUR_MS === 0;
});

/** Each cursor names its order, so that one of another order is refused rather than misread. */
const POSITIONS = {
  label: z.tuple([z.literal("label"), textSchema, phoneNumberIdSchema]),
  account: z.tuple([z.literal("account"), textSchema, phoneNumberIdSchema]),
  changed: z.tuple([z.literal("changed"), countSchema, phoneNumberIdSchema]),
  loss: z.tuple([z.literal("loss"), countSchema, phoneNumberIdSchema, sinceSchema]),
} as const;

export function toPositionCursor({ sort, key, id, since }: Position): string {
  return toPageCursor([sort, key, id, ...(sort === "loss" ? [since.getTime()] : [])]);
}

/** @throws AppError INVALID_INPUT for a cursor that is not one of this order */
export function parsePosition(sort: NumberSort, cursor: string): Position {
  const [, key, id, since] = parsePageCursor(POSITIONS[sort], cursor);
  return { sort, key, id, since: since === undefined ? weekStart() : new Date(since) };
}

/** A condition for the rows after a position in this direction. */
export function isBeyond(
  position: Position | null,
  { sort, isAscending }: { sort: NumberSort; isAscending: boolean },
): Prisma.Sql {
  if (!position) return Prisma.sql`TRUE`;
  const { key, type } = ORDERS[sort];
  const comparison = isAscending ? Prisma.sql`>` : Prisma.sql`<`;
  return Prisma.sql`(${key}, n.phone_number_id) ${comparison} (${position.key}::${type}, ${position.id})`;
}
