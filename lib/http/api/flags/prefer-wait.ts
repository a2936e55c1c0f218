import { readPreference } from "../read-preference.ts";

/** The longest that a request is held; shorter than the timeouts of common proxies. */
const MAX_WAIT_SECONDS = 60;

/**
 * The seconds of `Prefer: wait=N` (RFC 7240), at most 60. Null for a malformed preference, since
 * preferences never fail a request.
 */
export function readWaitSeconds(prefer: string | null): number | null {
  const seconds = readPreference(prefer, "wait", /^[0-9]{1,9}$/);
  return seconds === null ? null : Math.min(Number(seconds), MAX_WAIT_SECONDS);
}
