import type { FlagFeed } from "../../flags/feed.ts";
import { type FlagBodies, flagBodies } from "../../flags/flag-bodies.ts";
import type { FlagTimeline } from "../../flags/timeline.ts";
import { isNoneMatchHit } from "../etag.ts";

/** An answer without a framework's objects, since this is what runtimes ask all day. */
export type PollAnswer = {
  status: 200 | 304;
  headers: Record<string, string>;
  body: Buffer | string | null;
};

export const FLAGS_CACHE_CONTROL = "private, no-cache" as const;

type Known = { feed: FlagFeed; timeline: FlagTimeline };

/** Answers a plain poll: 304 for one who has the state, else the snapshot as the caller takes it. */
export function answerPoll(
  { feed, timeline }: Known,
  ask: { ifNoneMatch: string | null; acceptEncoding: string | null },
): PollAnswer | Promise<PollAnswer> {
  const bodies = flagBodies(timeline);
  const headers = toHeaders(feed, bodies);
  if (ask.ifNoneMatch !== null) {
    const isHit = ask.ifNoneMatch === bodies.etag || isNoneMatchHit(ask.ifNoneMatch, bodies.cursor);
    if (isHit) return { status: 304, headers, body: null };
  }
  headers["content-type"] = "application/json";
  headers.vary = "accept-encoding";
  const encoding = bodies.chooseEncoding(ask.acceptEncoding ?? "");
  if (encoding === "identity") return { status: 200, headers, body: bodies.snapshot };
  headers["content-encoding"] = encoding;
  return bodies.snapshotIn(encoding).then((body) => ({ status: 200, headers, body }));
}

/** Answers what changed since a cursor; a snapshot where that cannot be told. */
export function answerDelta(
  known: Known,
  { since, acceptEncoding }: { since: string; acceptEncoding: string | null },
): PollAnswer | Promise<PollAnswer> {
  const bodies = flagBodies(known.timeline);
  const delta = bodies.deltaSince(since);
  if (delta === null) return answerPoll(known, { ifNoneMatch: null, acceptEncoding });
  const headers = toHeaders(known.feed, bodies);
  headers["content-type"] = "application/json";
  return { status: 200, headers, body: delta };
}

/** `Age` only while the database is away: what is served is the last known. */
function toHeaders(feed: FlagFeed, { etag }: FlagBodies): Record<string, string> {
  const headers: Record<string, string> = {
    etag,
    "cache-control": FLAGS_CACHE_CONTROL,
    "x-content-type-options": "nosniff",
  };
  const age = feed.ageSeconds;
  if (age !== null) headers.age = String(age);
  return headers;
}
