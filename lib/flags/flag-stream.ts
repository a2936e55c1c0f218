import { flagBodies } from "./flag-bodies.ts";
import type { FlagFeed } from "./flag-feed.ts";
import type { FlagTimeline } from "./flag-timeline.ts";
import { waitForChange } from "./wait-for-change.ts";

/** A comment this often keeps proxies from taking the stream for dead. */
const COMMENT_MS = 15_000;

/**
 * The flags as server-sent events: what is missing since `lastEventId`, then every move, and a
 * comment each 15 s. One event is made at a time, when the reader has room for it: a slow
 * reader gets fewer, larger deltas, and costs no memory.
 *
 * @param lastEventId the cursor the reader has; null for a whole snapshot
 * @param signal ends the stream: the reader left, or its access ended
 */
export async function* streamFlags(
  feed: FlagFeed,
  { lastEventId, signal }: { lastEventId: string | null; signal: AbortSignal },
): AsyncGenerator<string> {
  let cursor = lastEventId;
  while (!signal.aborted) {
    const { timeline } = feed;
    if (timeline && timeline.cursor !== cursor) {
      const event = toEvent(timeline, cursor);
      // Noted before the event is taken: a slow reader takes it when the timeline has moved on.
      cursor = timeline.cursor;
      yield event;
    } else {
      yield ":\n\n";
    }
    await waitForChange(feed, cursor ?? "", { milliseconds: COMMENT_MS, signal });
  }
}

function toEvent(timeline: FlagTimeline, since: string | null): string {
  const bodies = flagBodies(timeline);
  const delta = since === null ? null : bodies.deltaSince(since);
  const kind = delta === null ? "snapshot" : "delta";
  const data = delta ?? bodies.snapshot.toString();
  return `event: ${kind}\nid: ${bodies.cursor}\ndata: ${data}\n\n`;
}
