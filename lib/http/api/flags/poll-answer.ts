import { type FlagBodies, flagBodies } from "../../../flags/flag-bodies.ts";
import type { FlagFeed } from "../../../flags/flag-feed.ts";
import type { FlagTimeline } from "../../../flags/flag-timeline.ts";
import { isNoneMatchHit } from "../etag.ts";

/** An answer without a framework's objects, because runtimes poll all day. */
export type PollAnswer = {
  status: 200 | 304;
  /** Names and values in turn, the form that node:http takes fastest. */
  headers: readonly string[];
  body: Buffer | string | null;
};

export const FLAGS_CACHE_CONTROL = "private, no-cache" as const;

type Flags = { feed: FlagFeed; timeline: FlagTimeline };

/**
 * Answers a plain poll: 304 when the client is up to date, else the snapshot in an encoding that it
 * accepts.
 */
export function answerPoll(
  { feed, timeline }: Flags,
  ask: { ifNoneMatch: string | null; acceptEncoding: string | null },
): PollAnswer | Promise<PollAnswer> {
  const bodies = flagBodies(timeline);
  const headers = toHeaders(feed, bodies);
  if (ask.ifNoneMatch !== null) {
    const isHit = ask.ifNoneMatch === bodies.etag || isNoneMatchHit(ask.ifNoneMatch, bodies.cursor);
    if (isHit) return { status: 304, headers, body: null };
  }
  const encoding = bodies.chooseEncoding(ask.acceptEncoding ?? "");
  if (encoding === "identity") return toSnapshotAnswer(headers, bodies.snapshot);
  const encoded = [...headers, "content-encoding", encoding];
  return bodies.snapshotIn(encoding).then((body) => toSnapshotAnswer(encoded, body));
}

/** Sets the length: without it node:http sends the body in chunks. */
function toSnapshotAnswer(headers: readonly string[], body: Buffer): PollAnswer {
  const length = ["content-length", String(body.length)];
  return {
    status: 200,
    headers: [...headers, ...JSON_HEADERS, "vary", "accept-encoding", ...length],
    body,
  };
}

/** Answers with what changed since a cursor, or with a snapshot where that is not known. */
export function answerDelta(
  flags: Flags,
  { since, acceptEncoding }: { since: string; acceptEncoding: string | null },
): PollAnswer | Promise<PollAnswer> {
  const bodies = flagBodies(flags.timeline);
  const delta = bodies.deltaSince(since);
  if (delta === null) return answerPoll(flags, { ifNoneMatch: null, acceptEncoding });
  const headers = [...toHeaders(flags.feed, bodies), ...JSON_HEADERS];
  return { status: 200, headers, body: delta };
}

const JSON_HEADERS = ["content-type", "application/json"] as const;

/** Sends `Age` only while the database is away: what is served is then the last known state. */
function toHeaders(feed: FlagFeed, { etag }: FlagBodies): readonly string[] {
  const headers = ["etag", etag, "cache-control", FLAGS_CACHE_CONTROL, ...NO_SNIFF];
  const age = feed.ageSeconds;
  return age === null ? headers : [...headers, "age", String(age)];
}

const NO_SNIFF = ["x-content-type-options", "nosniff"] as const;
