import { z } from "zod";
import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { databaseNow } from "../db/database-clock.ts";
import { parseInput } from "../parse-input.ts";
import { storedTime } from "../stored-time.ts";
import { toOwnNotices } from "./own-notices.ts";

/** Notices as they were shown: one that was updated since stays unread. */
export const markReadSchema = z.strictObject({
  /** One notice; without it all of them. */
  noticeId: z.uuid().optional(),
  /** When the latest of them was updated. */
  until: storedTime(),
});

/**
 * Marks one of the actor's own notices as read, or all of them. It is no change of anything that the trail
 * tells, so it has no entry there.
 *
 * @returns how many became read
 */
export async function markRead(
  actor: PersonActor,
  input: z.input<typeof markReadSchema>,
): Promise<number> {
  const { noticeId, until } = parseInput(markReadSchema, input);
  const { count } = await db().notice.updateMany({
    where: {
      ...toOwnNotices(actor),
      ...(noticeId === undefined ? {} : { id: noticeId }),
      readAt: null,
      updatedAt: { lte: new Date(until) },
    },
    data: { readAt: databaseNow() },
  });
  return count;
}
