import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { foldText } from "../fold-text.ts";
import { limitSchema, parsePageCursor, toPageCursor } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import { queryFlagSchema } from "../query-flag.ts";
import { escapeLike, isStorable } from "../text.ts";
import { type AccountRecord, NAME_KEY, readAccounts } from "./account-record.ts";

/** More different words than an account's name, ids and manager have. */
const MAX_WORDS = 20;

export const listAccountsSchema = z.strictObject({
  q: z.string().max(500).refine(isStorable, "q has a broken character.").optional().meta({
    description:
      "Words, each of which is in the account's name, external id or manager, whatever its accents and case.",
  }),
  mine: queryFlagSchema
    .optional()
    .meta({ description: "Whether the person who asks is its manager or a stand-in." }),
  needsTwoPeople: queryFlagSchema.optional(),
  limit: limitSchema,
  cursor: z.string().optional(),
});

export type ListAccountsInput = z.input<typeof listAccountsSchema>;

export type AccountPage = {
  items: AccountRecord[];
  /** How many match, over all pages. */
  total: number;
  nextCursor: string | null;
};

const positionSchema = z.tuple([z.string().refine(isStorable), z.uuid()]);

/**
 * Lists one page of the matching accounts, by name. Takes `desk:read`.
 *
 * @throws AppError INVALID_INPUT for an invalid filter or cursor
 */
export async function listAccounts(actor: Actor, input: ListAccountsInput): Promise<AccountPage> {
  authorize(actor, "desk:read");
  const { cursor, limit, ...filter } = parseInput(listAccountsSchema, input);
  const matches = toCondition(filter, actor);
  const isBeyond =
    cursor === undefined ? Prisma.sql`TRUE` : toBeyond(parsePageCursor(positionSchema, cursor));
  const [rows, total] = await Promise.all([
    readAccounts(Prisma.sql`${matches} AND ${isBeyond}`, { limit: limit + 1 }),
    countAccounts(matches),
  ]);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, total, nextCursor: last ? toPageCursor([last.name, last.id]) : null };
}

type Filter = Omit<z.output<typeof listAccountsSchema>, "cursor" | "limit">;

function toCondition({ q = "", mine, needsTwoPeople }: Filter, actor: Actor): Prisma.Sql {
  const words = [...new Set(foldText(q).split(" "))].filter((word) => word !== "");
  const conditions = [Prisma.sql`TRUE`, ...words.slice(0, MAX_WORDS).map(hasWord)];
  if (mine !== undefined) conditions.push(Prisma.sql`(${isOf(actor)}) = ${mine}`);
  if (needsTwoPeople !== undefined) {
    conditions.push(Prisma.sql`a.needs_two_people = ${needsTwoPeople}`);
  }
  return Prisma.join(conditions, " AND ");
}

function hasWord(word: string): Prisma.Sql {
  const text = Prisma.sql`concat_ws(E'\n', a.name, a.external_id, m.name, m.email)`;
  return Prisma.sql`fold_text(${text}) LIKE ${`%${escapeLike(word)}%`}`;
}

function isOf(actor: Actor): Prisma.Sql {
  if (actor.type !== "person") return Prisma.sql`FALSE`;
  return Prisma.sql`coalesce(a.manager_id = ${actor.id}::uuid, FALSE) OR EXISTS (
    SELECT FROM account_stand_in i WHERE i.account_id = a.id AND i.person_id = ${actor.id}::uuid)`;
}

function toBeyond([name, id]: z.output<typeof positionSchema>): Prisma.Sql {
  return Prisma.sql`(${NAME_KEY}, a.id) > (lower(${name}::text), ${id}::uuid)`;
}

async function countAccounts(matches: Prisma.Sql): Promise<number> {
  const [row] = await db().$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM account a LEFT JOIN person m ON m.id = a.manager_id
    WHERE ${matches}`;
  return row?.total ?? 0;
}
