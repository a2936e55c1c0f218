import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { AppError } from "../errors.ts";
import { type FlagFeed, flagFeed } from "./flag-feed.ts";
import type { FlagTimeline } from "./flag-timeline.ts";

/** How long the first request of a process waits for the flags to be loaded. */
const LOADING_PATIENCE_MS = 3_000;
const CATCH_UP_PATIENCE_MS = 1_000;

/** The flags, and whether they are behind. */
export type KnownFlags = { feed: FlagFeed; timeline: FlagTimeline };

/**
 * The flags as this process knows them. Takes `flag:read`.
 *
 * @throws AppError UNAVAILABLE before the database was reached for the first time
 */
export async function readFlags(actor: Actor): Promise<KnownFlags> {
  authorize(actor, "flag:read");
  const feed = flagFeed();
  if (!feed.timeline) await feed.refresh(LOADING_PATIENCE_MS);
  if (feed.timeline) return { feed, timeline: feed.timeline };
  throw new AppError(
    "UNAVAILABLE",
    "The flags are not loaded yet, because the database does not answer. Go on with those you have.",
  );
}

/**
 * The flags, not older than what the caller has: another instance may have told them first.
 *
 * @throws AppError UNAVAILABLE when that cannot be had, rather than taking the caller back
 */
export async function readFlagsSince(actor: Actor, cursor: string | null): Promise<KnownFlags> {
  const flags = await readFlags(actor);
  const revision = Number.parseInt(cursor ?? "", 10);
  if (!(revision > flags.timeline.revision)) return flags;
  if (await flags.feed.refresh(CATCH_UP_PATIENCE_MS)) return await readFlags(actor);
  throw new AppError(
    "UNAVAILABLE",
    "You know a later revision than this instance, which cannot reach the database. Go on with yours.",
  );
}
