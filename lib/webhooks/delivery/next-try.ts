const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds to wait after each failed try: ten tries within three days. */
const PAUSES = [
  5,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  18 * HOUR,
  20 * HOUR,
];

export const MAX_TRIES = PAUSES.length + 1;

/** Of each pause, up or down, so that what failed together is not sent together again. */
const JITTER = 0.1;
/** A receiver cannot put it off for longer. */
const MAX_RETRY_AFTER = 24 * HOUR;

type FailedTry = {
  /** How often it was tried, this one included. */
  tries: number;
  /** The answer's header. */
  retryAfter: string | null;
  now: Date;
  random?: number;
};

/** When to try again: not before the receiver asked for; null after the last try. */
export function toNextTry({
  tries,
  retryAfter,
  now,
  random = Math.random(),
}: FailedTry): Date | null {
  const pause = PAUSES[tries - 1];
  if (pause === undefined) return null;
  const jittered = pause * (1 - JITTER + 2 * JITTER * random);
  const seconds = Math.max(jittered, readRetryAfter(retryAfter, now));
  return new Date(now.getTime() + seconds * 1_000);
}

/** The seconds that `Retry-After` asks for, as a number or a date (RFC 9110); 0 for anything else. */
function readRetryAfter(header: string | null, now: Date): number {
  if (header === null) return 0;
  const seconds = /^\d+$/.test(header)
    ? Number(header)
    : (Date.parse(header) - now.getTime()) / 1_000;
  return seconds > 0 ? Math.min(seconds, MAX_RETRY_AFTER) : 0;
}
