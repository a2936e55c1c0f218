import { startFollowing } from "../audit/follow/start-following.ts";
import { isUnavailable } from "../db/is-unavailable.ts";
import { logger } from "../logger.ts";
import { repeat } from "../repeat.ts";
import { noticeFollower } from "./notice-follower.ts";
import { tellBrokenTrail } from "./tell-broken-trail.ts";

const LOOK_EVERY_MS = 5_000;

/**
 * Tells people in the console: of entries of the trail within a second or two, of a broken trail within
 * seconds of the verification that found it.
 *
 * @returns a function that stops it, and waits for what is running
 */
export function startNotices(): () => Promise<void> {
  const stopFollowing = startFollowing(noticeFollower);
  const stopLooking = repeat(look, { firstAfterMs: LOOK_EVERY_MS, everyMs: LOOK_EVERY_MS });
  return async () => {
    await Promise.all([stopFollowing(), stopLooking()]);
  };
}

async function look(): Promise<void> {
  try {
    await tellBrokenTrail();
  } catch (error) {
    // An unavailable database is in the log already.
    if (isUnavailable(error)) return;
    const cause = error instanceof Error ? error.message : String(error);
    logger().error({ cause }, "Admins could not be told of a broken trail. Tried again.");
  }
}
