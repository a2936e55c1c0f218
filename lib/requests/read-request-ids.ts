import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { REQUEST_STATES } from "../flags/pending/request-record.ts";
import { countPage, limitSchema, parsePageCursor, toPageCursor } from "../page-cursor.ts";
import { queryFlagSchema } from "../query-flag.ts";

export const listRequestsSchema = z.strictObject({
  state: z
    .enum(REQUEST_STATES, { error: `state is one of ${REQUEST_STATES.join(", ")}.` })
    .optional(),
  accountId: z.uuid("accountId is not an id.").optional().meta({
    description: "Those that name a number of this account, or its rule.",
  }),
  mine: queryFlagSchema.optional().meta({ description: "`true`: those that you asked for." }),
  limit: limitSchema,
  cursor: z.string().optional(),
});

export type ListRequestsInput = z.input<typeof listRequestsSchema>;

/** The place of a request in the list: open ones first, oldest first; then the others, newest first. */
const positionSchema = z.tuple([z.int().min(0).max(1), z.int(), z.uuid()]);

const PLACE = Prisma.sql`(r.state <> 'open')::int`;
const KEY = Prisma.sql`(CASE r.state WHEN 'open' THEN 1 ELSE -1 END
  * extract(epoch FROM r.requested_at) * 1000)::bigint`;

/** Reads a page of the ids of matching requests, and how many match over all pages. */
export async function readRequestIds(
  actor: Actor,
  { cursor, limit, ...filter }: z.output<typeof listRequestsSchema>,
): Promise<{ ids: string[]; total: number; nextCursor: string | null }> {
  const matches = toCondition(actor, filter);
  const position = cursor === undefined ? null : parsePageCursor(positionSchema, cursor);
  const isBeyond = position
    ? Prisma.sql`(${PLACE}, ${KEY}, r.id) > (${position[0]}::int, ${position[1]}::bigint, ${position[2]}::uuid)`
    : Prisma.sql`TRUE`;
  const [rows, [count]] = await Promise.all([
    db().$queryRaw<{ id: string; place: number; key: bigint; changes: number }[]>`
      SELECT r.id, ${PLACE} AS place, ${KEY} AS key,
        (SELECT count(*)::int FROM change_request_item i WHERE i.request_id = r.id) AS changes
      FROM change_request r
      WHERE ${matches} AND ${isBeyond}
      ORDER BY place, key, r.id LIMIT ${limit + 1}`,
    db().$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM change_request r WHERE ${matches}`,
  ]);
  const page = rows.slice(
    0,
    countPage(
      rows.map(({ changes }) => changes),
      limit,
    ),
  );
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return {
    ids: page.map(({ id }) => id),
    total: count?.total ?? 0,
    nextCursor: last ? toPageCursor([last.place, Number(last.key), last.id]) : null,
  };
}

type Filter = Omit<z.output<typeof listRequestsSchema>, "cursor" | "limit">;

function toCondition(actor: Actor, { state, accountId, mine }: Filter): Prisma.Sql {
  const conditions = [Prisma.sql`TRUE`];
  if (state !== undefined) conditions.push(Prisma.sql`r.state = ${state}`);
  if (mine) {
    const personId = actor.type === "person" ? actor.id : null;
    conditions.push(Prisma.sql`r.requested_by_id = ${personId}::uuid`);
  }
  if (accountId !== undefined) {
    conditions.push(Prisma.sql`(r.lifts_two_people_of_id = ${accountId}::uuid OR EXISTS (
      SELECT FROM change_request_item i
      WHERE i.request_id = r.id AND i.account_id = ${accountId}::uuid))`);
  }
  return Prisma.join(conditions, " AND ");
}
