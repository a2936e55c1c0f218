import { flagBodies } from "./flag-bodies.ts";
import type { FlagFeed } from "./flag-feed.ts";
import type { FlagTimeline } from "./flag-timeline.ts";
import { waitForChange } from "./wait-for-change.ts";

/** A comment this often keeps proxies from closing the stream as idle. */
const COMMENT_MS = 15_000;

/**
 * Streams the flags as server-sent events: what changed since `lastEventId`, then each change, and a
 * comment every 15 s. An event is made only when the reader can take it, so that a slow reader gets
 * fewer, larger deltas, and costs no memory.
 *
 * @param lastEventId the reader's cursor; null for a full snapshot
 * @param signal ends the stream when the reader leaves or its access ends
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
      // Set before the yield: a slow reader takes the event only after the timeline has moved on.
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
