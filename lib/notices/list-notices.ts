import { z } from "zod";
import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import type { Notice } from "../db/generated/client.ts";
import { limitSchema, parsePageCursor, toPageCursor } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import { storedTime } from "../stored-time.ts";
import { countUnread } from "./count-unread.ts";
import { toOwnNotices } from "./own-notices.ts";
import { type Facts, readFacts } from "./read-facts.ts";

const listNoticesSchema = z.strictObject({ limit: limitSchema, cursor: z.string().optional() });

export type NoticePage = {
  items: Notice[];
  facts: Facts;
  total: number;
  unread: number;
  /** When the latest of all was updated. */
  latestAt: Date | null;
  nextCursor: string | null;
};

const positionSchema = z.tuple([storedTime(), z.uuid()]);

/**
 * Lists one page of the actor's own notices, the latest first, with what they are about.
 *
 * @throws AppError INVALID_INPUT for an invalid cursor
 */
export async function listNotices(
  actor: PersonActor,
  input: z.input<typeof listNoticesSchema>,
): Promise<NoticePage> {
  const { cursor, limit } = parseInput(listNoticesSchema, input);
  const where = toOwnNotices(actor);
  const beyond = cursor === undefined ? {} : toBeyond(cursor);
  const [rows, all, unread] = await Promise.all([
    db().notice.findMany({
      where: { AND: [where, beyond] },
      orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
      take: limit + 1,
    }),
    db().notice.aggregate({ where, _count: true, _max: { updatedAt: true } }),
    countUnread(actor),
  ]);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  const nextCursor = last ? toPageCursor([last.updatedAt.toISOString(), last.id]) : null;
  return {
    items,
    facts: await readFacts(items),
    total: all._count,
    unread,
    latestAt: all._max.updatedAt,
    nextCursor,
  };
}

function toBeyond(cursor: string) {
  const [time, id] = parsePageCursor(positionSchema, cursor);
  const updatedAt = new Date(time);
  return { OR: [{ updatedAt: { lt: updatedAt } }, { updatedAt, id: { lt: id } }] };
}
