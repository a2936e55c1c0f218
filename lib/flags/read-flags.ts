import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { AppError } from "../errors.ts";
import { type FlagFeed, flagFeed } from "./flag-feed.ts";
import type { FlagTimeline } from "./flag-timeline.ts";

/** How long the first request of a process waits for the flags to be loaded. */
const LOADING_TIMEOUT_MS = 3_000;
const CATCH_UP_TIMEOUT_MS = 1_000;

/** The flags in memory, and the feed, which knows how old they are. */
export type KnownFlags = { feed: FlagFeed; timeline: FlagTimeline };

/**
 * Reads the flags from this process's memory. Takes `flag:read`.
 *
 * @throws AppError UNAVAILABLE until the database was reached for the first time
 */
export async function readFlags(actor: Actor): Promise<KnownFlags> {
  authorize(actor, "flag:read");
  const feed = flagFeed();
  if (!feed.timeline) await feed.refresh(LOADING_TIMEOUT_MS);
  if (feed.timeline) return { feed, timeline: feed.timeline };
  throw new AppError(
    "UNAVAILABLE",
    "The flags are not loaded yet, because the database does not answer. Go on with those you have.",
  );
}

/**
 * Reads the flags at the caller's cursor or later: another instance may have had a change first.
 *
 * @throws AppError UNAVAILABLE rather than returning flags that are older than the caller's
 */
export async function readFlagsSince(actor: Actor, cursor: string | null): Promise<KnownFlags> {
  const flags = await readFlags(actor);
  const revision = Number.parseInt(cursor ?? "", 10);
  if (!(revision > flags.timeline.revision)) return flags;
  if (await flags.feed.refresh(CATCH_UP_TIMEOUT_MS)) return await readFlags(actor);
  throw new AppError(
    "UNAVAILABLE",
    "You know a later revision than this instance, which cannot reach the database. Go on with yours.",
  );
}
