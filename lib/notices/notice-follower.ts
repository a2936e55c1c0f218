import type { SignedEvent } from "../audit/event.ts";
import type { Follower } from "../audit/follow/follow-trail.ts";
import { databaseNow } from "../db/database-clock.ts";
import type { Prisma } from "../db/generated/client.ts";
import { readAudience } from "./read-audience.ts";
import { isRequestEnd, toTellings } from "./to-tellings.ts";
import { writeNotices } from "./write-notices.ts";

/** Makes notices of the trail's entries. */
export const noticeFollower: Follower = {
  name: "notices",
  take: async (tx, events) => {
    const relevant = events.filter(mayConcern);
    if (relevant.length === 0) return;
    const now = databaseNow();
    const audience = await readAudience(tx, relevant);
    await writeNotices(tx, toTellings(relevant, audience), now);
    await closeQueue(tx, relevant, now);
  },
};

/** Whether somebody may have to be told: most entries are of one flip, which concerns nobody else. */
function mayConcern({ action, batchId, outcome }: SignedEvent): boolean {
  if (outcome !== "success") return false;
  if (action === "flag.disabled") return batchId !== undefined;
  return /^(request|schedule)\.|^flag\.forced$|^webhook\.switched_off$/.test(action);
}

/** What nobody waits for any more is unread to nobody: the queue's notices of requests that have ended. */
async function closeQueue(
  tx: Prisma.TransactionClient,
  events: readonly SignedEvent[],
  now: Date,
): Promise<void> {
  const ended = events.filter(({ action }) => isRequestEnd(action));
  if (ended.length === 0) return;
  await tx.notice.updateMany({
    where: {
      kind: "request.opened",
      subject: { in: ended.map(({ target }) => target.id) },
      readAt: null,
    },
    data: { readAt: now },
  });
}
