import { isUnavailable } from "../../db/is-unavailable.ts";
import { logger } from "../../logger.ts";
import { repeat } from "../../repeat.ts";
import { type Follower, followTrail } from "./follow-trail.ts";

const EVERY_MS = 1_000;
const MAX_PAUSE_MS = 60_000;

/**
 * Gives a follower the trail's entries within a second of their commit, and catches up with what was written
 * while no console ran. After a failure it is tried again, less and less often, at least once a minute.
 *
 * @returns a function that stops it, and waits for what is running
 */
export function startFollowing(follower: Follower, firstAfterMs = EVERY_MS): () => Promise<void> {
  let failures = 0;
  const run = async () => {
    try {
      const hasMore = await followTrail(follower);
      failures = 0;
      return hasMore ? 0 : EVERY_MS;
    } catch (error) {
      failures += 1;
      // An unavailable database is in the log already.
      if (!isUnavailable(error)) {
        const cause = error instanceof Error ? error.message : String(error);
        const { name } = follower;
        logger().error({ follower: name, cause }, "A follower of the trail failed. Tried again.");
      }
      return Math.min(EVERY_MS * 2 ** failures, MAX_PAUSE_MS);
    }
  };
  return repeat(run, { firstAfterMs, everyMs: (pauseMs) => pauseMs });
}
