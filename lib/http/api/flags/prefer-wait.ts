/** The longest that a request is held; shorter than the timeouts of common proxies. */
const MAX_WAIT_SECONDS = 60;

/**
 * The seconds of `Prefer: wait=N` (RFC 7240), at most 60. Null for a malformed preference, since
 * preferences never fail a request.
 */
export function readWaitSeconds(prefer: string | null): number | null {
  if (prefer === null) return null;
  for (const preference of prefer.split(",")) {
    const seconds = /^\s*wait\s*=\s*"?([0-9]{1,9})"?\s*(?:;|$)/i.exec(preference)?.[1];
    if (seconds !== undefined) return Math.min(Number(seconds), MAX_WAIT_SECONDS);
  }
  return null;
}
