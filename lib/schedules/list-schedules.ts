import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { phoneNumberIdSchema } from "../numbers/phone-number-id.ts";
import { countPage, limitSchema, parsePageCursor, toPageCursor } from "../page-cursor.ts";
import { parseInput } from "../parse-input.ts";
import { queryFlagSchema } from "../query-flag.ts";
import { storedTime } from "../stored-time.ts";
import {
  SCHEDULE_RECORD_INCLUDE,
  SCHEDULE_STATES,
  type ScheduleRecord,
  toScheduleRecord,
} from "./schedule-record.ts";

export const listSchedulesSchema = z.strictObject({
  state: z
    .enum(SCHEDULE_STATES, { error: `state is one of ${SCHEDULE_STATES.join(", ")}.` })
    .optional(),
  mine: queryFlagSchema.optional().meta({ description: "`true`: those in your own name." }),
  phoneNumberId: phoneNumberIdSchema
    .optional()
    .meta({ description: "Those that name this number." }),
  accountId: z
    .uuid("accountId is not an id.")
    .optional()
    .meta({ description: "Those that name a number of this account." }),
  personId: z
    .uuid("personId is not an id.")
    .optional()
    .meta({ description: "Those of this person." }),
  tokenId: z
    .uuid("tokenId is not an id.")
    .optional()
    .meta({ description: "Those that came by this token." }),
  sessionId: z
    .uuid("sessionId is not an id.")
    .optional()
    .meta({ description: "Those that came by this session." }),
  from: storedTime("from is not a time such as 2027-03-01T09:00:00Z.").optional(),
  to: storedTime("to is not a time such as 2027-03-01T09:00:00Z.").optional(),
  limit: limitSchema,
  cursor: z.string().optional(),
});

export type ListSchedulesInput = z.input<typeof listSchedulesSchema>;
type Filter = Omit<z.output<typeof listSchedulesSchema>, "limit" | "cursor">;

export type SchedulePage = { items: ScheduleRecord[]; nextCursor: string | null };

const positionSchema = z.tuple([storedTime(), z.uuid()]);

/**
 * Lists one page of the matching schedules by their time: those that wait soonest first, others and all
 * together latest first. Takes `desk:read`.
 *
 * @throws AppError INVALID_INPUT for an invalid filter or cursor
 */
export async function listSchedules(
  actor: Actor,
  input: ListSchedulesInput,
): Promise<SchedulePage> {
  authorize(actor, "desk:read");
  const { limit, cursor, ...filter } = parseInput(listSchedulesSchema, input);
  const isSoonestFirst = filter.state === "waiting";
  const order = isSoonestFirst ? "asc" : "desc";
  const candidates = await db().schedule.findMany({
    where: { AND: [toWhere(actor, filter), toBeyond(cursor, isSoonestFirst ? "gt" : "lt")] },
    orderBy: [{ at: order }, { id: order }],
    take: limit + 1,
    select: { id: true, at: true, _count: { select: { items: true } } },
  });
  const changes = candidates.map(({ _count }) => _count.items);
  const page = candidates.slice(0, countPage(changes, limit));
  const last = candidates.length > page.length ? page.at(-1) : undefined;
  const rows = await db().schedule.findMany({
    where: { id: { in: page.map(({ id }) => id) } },
    orderBy: [{ at: order }, { id: order }],
    include: SCHEDULE_RECORD_INCLUDE,
  });
  return {
    items: rows.map(toScheduleRecord),
    nextCursor: last ? toPageCursor([last.at.toISOString(), last.id]) : null,
  };
}

function toBeyond(cursor: string | undefined, beyond: "gt" | "lt"): Prisma.ScheduleWhereInput {
  if (cursor === undefined) return {};
  const [at, id] = parsePageCursor(positionSchema, cursor);
  return { OR: [{ at: { [beyond]: at } }, { at, id: { [beyond]: id } }] };
}

function toWhere(actor: Actor, filter: Filter): Prisma.ScheduleWhereInput {
  const { state, mine, phoneNumberId, accountId, personId, tokenId, sessionId, from, to } = filter;
  return {
    AND: [
      state === undefined ? {} : { state },
      mine && actor.type === "person" ? { authorId: actor.id } : {},
      phoneNumberId === undefined ? {} : { items: { some: { phoneNumberId } } },
      accountId === undefined ? {} : { items: { some: { number: { accountId } } } },
      personId === undefined ? {} : { authorId: personId },
      tokenId === undefined ? {} : { tokenId },
      sessionId === undefined ? {} : { sessionId },
      from === undefined ? {} : { at: { gte: from } },
      to === undefined ? {} : { at: { lt: to } },
    ],
  };
}
