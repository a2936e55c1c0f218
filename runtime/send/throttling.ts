/**
 * Meta's codes for "not now", with the seconds to wait at least. They come under any HTTP status. Limits
 * of an app or account count by the hour; those of reputation need minutes.
 *
 * Source: Meta's documents, "Cloud API error codes" and "Graph API rate limits".
 */
const WAIT_SECONDS = new Map<number, number>([
  // Unknown, and away: Meta asks to wait and try again.
  [1, 10],
  [2, 10],
  [131_016, 10],
  // Calls of an app, a user or a page.
  [4, 60],
  [17, 60],
  [32, 60],
  [613, 60],
  // Calls and messages of a WhatsApp account.
  [80_007, 60],
  [80_008, 60],
  [130_429, 10],
  // Messages to one customer.
  [131_056, 10],
  // Spam and quality.
  [131_048, 600],
  [131_064, 600],
  // Registrations of a number.
  [133_016, 600],
]);
const USUAL_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 86_400;

/** Whether a code says that the message may go later. */
export function isThrottling(metaCode: number): boolean {
  return WAIT_SECONDS.has(metaCode);
}

/** How long to wait: what Meta says (`Retry-After`), but not less than the code needs. */
export function toWaitSeconds(metaCode: number | null, retryAfter: string | null): number {
  const told = readRetryAfter(retryAfter) ?? 0;
  const least = (metaCode === null ? undefined : WAIT_SECONDS.get(metaCode)) ?? 0;
  return Math.min(Math.max(told, least) || USUAL_WAIT_SECONDS, LONGEST_WAIT_SECONDS);
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function readRetryAfter(value: string | null): number | null {
  if (value === null) return null;
  if (/^[0-9]{1,9}$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1_000));
}
