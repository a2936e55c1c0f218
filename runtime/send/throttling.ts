/** "Pair rate limit hit": too many messages from one number to one customer. */
const CUSTOMER_LIMIT = 131_056;

const REPUTATION_WAIT_SECONDS = 600;

/**
 * Meta's codes for "not now", with the seconds to wait. They come with any HTTP status. Limits of an app or
 * account are per hour; those of reputation need minutes.
 *
 * Source: Meta's documents, "Cloud API error codes" and "Graph API rate limits".
 */
const WAIT_SECONDS = new Map<number, number>([
  // Calls of an app, a user or a page.
  [4, 60],
  [17, 60],
  [32, 60],
  [613, 60],
  // Calls and messages of a WhatsApp account.
  [80_007, 60],
  [80_008, 60],
  [130_429, 10],
  [CUSTOMER_LIMIT, 10],
  // Spam and quality.
  [131_048, REPUTATION_WAIT_SECONDS],
  [131_064, REPUTATION_WAIT_SECONDS],
  // Registrations of a number.
  [133_016, REPUTATION_WAIT_SECONDS],
]);
const FAILURE_WAIT_SECONDS = 30;
/**
 * Meta's codes for a failure of its own: unknown, service down, something went wrong, service
 * unavailable. Like a status 5xx they leave open whether the message was sent.
 */
const FAILURES = new Set([1, 2, 131_000, 131_016]);
const USUAL_WAIT_SECONDS = 5;
const MAX_WAIT_SECONDS = 86_400;

/** Whether a code says that the message can be sent later. */
export function isThrottling(metaCode: number): boolean {
  return WAIT_SECONDS.has(metaCode);
}

/** Whether a code is a limit for one customer's messages only. */
export function isLimitOfCustomer(metaCode: unknown): boolean {
  return metaCode === CUSTOMER_LIMIT;
}

/** Whether a code says that Meta failed, so that the message may or may not have been sent. */
export function isFailure(metaCode: number): boolean {
  return FAILURES.has(metaCode);
}

/** How long to wait: Meta's `Retry-After` if given, but for a limit of reputation at least its own wait. */
export function toWaitSeconds(metaCode: number | null, retryAfter: string | null): number {
  const asked = readRetryAfter(retryAfter) ?? 0;
  const usual = usualWait(metaCode);
  const wait = usual >= REPUTATION_WAIT_SECONDS ? Math.max(asked, usual) : asked || usual;
  return Math.min(wait, MAX_WAIT_SECONDS);
}

function usualWait(metaCode: number | null): number {
  if (metaCode === null) return USUAL_WAIT_SECONDS;
  return (
    WAIT_SECONDS.get(metaCode) ?? (isFailure(metaCode) ? FAILURE_WAIT_SECONDS : USUAL_WAIT_SECONDS)
  );
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function readRetryAfter(value: string | null): number | null {
  if (value === null) return null;
  if (/^[0-9]{1,9}$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1_000));
}
