import type { FlagClientError } from "../flag-client-error.ts";
import { isRefusal } from "../refusals.ts";

/** The longest Retry-After that is honoured: a proxy's "come back tomorrow" must not outlive the outage. */
const MAX_RETRY_AFTER_MS = 300_000;

type BackoffTiming = { baseBackoffMs: number; maxBackoffMs: number; maxRefusedBackoffMs: number };

/**
 * How long to wait after `failure`, which is number `attempt` (from 0), in milliseconds. Full jitter: any time
 * up to the limit, so that clients that failed at the same moment do not return at the same moment.
 */
export function backoffMs(
  timing: BackoffTiming,
  attempt: number,
  failure: Pick<FlagClientError, "code" | "retryAfterMs">,
): number {
  const longest = isRefusal(failure) ? timing.maxRefusedBackoffMs : timing.maxBackoffMs;
  const limit = Math.min(longest, timing.baseBackoffMs * 2 ** Math.min(attempt, 30));
  const jitter = Math.random() * limit;
  // Not before the time that the server asked for, but not all clients in that same second either.
  return Math.min(failure.retryAfterMs ?? 0, MAX_RETRY_AFTER_MS) + jitter;
}

/** A random period within a quarter of `periodMs`, so that clients do not act in step. */
export function spread(periodMs: number): number {
  return periodMs * (0.75 + Math.random() / 2);
}
