import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { limitSchema, parsePageCursor, toPageCursor } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import { escapeLike, isStorable } from "../text.ts";
import { roleSchema } from "./person-record.ts";
import { type ListedPerson, NAME_KEY, readPeople } from "./read-people.ts";

const listPeopleSchema = z.strictObject({
  /** A part of the name or of the e-mail address. */
  q: z.string().max(500).refine(isStorable, "q has a broken character.").default(""),
  role: roleSchema.optional(),
  isDisabled: z.boolean().optional(),
  limit: limitSchema,
  cursor: z.string().optional(),
});

export type ListPeopleInput = z.input<typeof listPeopleSchema>;

export type PeoplePage = {
  items: ListedPerson[];
  /** How many match, over all pages. */
  total: number;
  nextCursor: string | null;
};

const positionSchema = z.tuple([z.string().refine(isStorable), z.uuid()]);

/**
 * Lists one page of the matching people, by name. Takes `person:manage`.
 *
 * @throws AppError INVALID_INPUT for an invalid filter or cursor
 */
export async function listPeople(actor: Actor, input: ListPeopleInput): Promise<PeoplePage> {
  authorize(actor, "person:manage");
  const { cursor, limit, ...filter } = parseInput(listPeopleSchema, input);
  const matches = toCondition(filter);
  const isBeyond =
    cursor === undefined ? Prisma.sql`TRUE` : toBeyond(parsePageCursor(positionSchema, cursor));
  const [rows, total] = await Promise.all([
    readPeople(Prisma.sql`${matches} AND ${isBeyond}`, { limit: limit + 1 }),
    countPeople(matches),
  ]);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, total, nextCursor: last ? toPageCursor([last.name, last.id]) : null };
}

function toCondition({
  q,
  role,
  isDisabled,
}: Pick<z.output<typeof listPeopleSchema>, "q" | "role" | "isDisabled">): Prisma.Sql {
  const words = `%${escapeLike(q.trim())}%`;
  const conditions = [Prisma.sql`(p.name ILIKE ${words} OR p.email ILIKE ${words})`];
  if (role !== undefined) conditions.push(Prisma.sql`p.role = ${role}::role`);
  if (isDisabled !== undefined) {
    conditions.push(Prisma.sql`(p.disabled_at IS NOT NULL) = ${isDisabled}`);
  }
  return Prisma.join(conditions, " AND ");
}

function toBeyond([name, id]: z.output<typeof positionSchema>): Prisma.Sql {
  return Prisma.sql`(${NAME_KEY}, p.id) > (lower(${name}::text), ${id}::uuid)`;
}

async function countPeople(matches: Prisma.Sql): Promise<number> {
  const [row] = await db().$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM person p WHERE ${matches}`;
  return row?.total ?? 0;
}
