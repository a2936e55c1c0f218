import { startFollowing } from "../audit/follow/start-following.ts";
import { isUnavailable } from "../db/is-unavailable.ts";
import { logger } from "../logger.ts";
import { repeat } from "../repeat.ts";
import { newWebhookSender } from "./delivery/attempt-delivery.ts";
import { deliverDue, InFlight } from "./delivery/deliver-due.ts";
import { watchStates } from "./events/watch-states.ts";
import { webhookFollower } from "./events/webhook-follower.ts";

const LOOK_EVERY_MS = 1_000;
/** While there is more to send than is sent at once. */
const BUSY_EVERY_MS = 100;
const WATCH_EVERY_MS = 10_000;

/**
 * Starts making webhooks of what happens, and sending them: a change is sent within some two seconds. A
 * failure is logged, and retried.
 *
 * @returns a function that stops it and gives back what is being sent
 */
export function startWebhooks(firstAfterMs = LOOK_EVERY_MS): () => Promise<void> {
  const inFlight = new InFlight();
  const deliver = () =>
    attempt("Webhooks could not be sent.", () => deliverDue(newWebhookSender(), inFlight));
  const watch = () =>
    attempt("Runtimes could not be watched.", () => watchStates(newWebhookSender()));
  const stops = [
    startFollowing(webhookFollower, firstAfterMs),
    repeat(deliver, {
      firstAfterMs,
      everyMs: (isBusy) => (isBusy ? BUSY_EVERY_MS : LOOK_EVERY_MS),
    }),
    repeat(watch, { firstAfterMs, everyMs: WATCH_EVERY_MS }),
  ];
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
    await inFlight.stop();
  };
}

/** An unavailable database is in the log already. */
async function attempt<Result>(failure: string, work: () => Promise<Result>) {
  try {
    return await work();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    if (!isUnavailable(error)) logger().warn({ cause }, `${failure} Tried again.`);
    return null;
  }
}
