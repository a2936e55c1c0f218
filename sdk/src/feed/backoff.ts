/** The longest a server may park a client: a proxy's "come back tomorrow" must not outlive the outage. */
const MOST_RETRY_AFTER_MS = 300_000;

/**
 * How long to wait after the failure number `attempt` (from 0). Full jitter: any time up to the limit,
 * so that clients which failed at the same moment do not return at the same moment.
 */
export function backoffMs(
  timing: { baseBackoffMs: number; maxBackoffMs: number },
  attempt: number,
  retryAfterMs: number | undefined,
): number {
  const limit = Math.min(timing.maxBackoffMs, timing.baseBackoffMs * 2 ** Math.min(attempt, 30));
  const jitter = Math.random() * limit;
  // Not before the server asked, but not all in that second either.
  return Math.min(retryAfterMs ?? 0, MOST_RETRY_AFTER_MS) + jitter;
}

/** A period that differs from client to client, by a quarter either way. */
export function spread(periodMs: number): number {
  return periodMs * (0.75 + Math.random() / 2);
}
