const BASE_MS = 500;
const MAX_MS = 60_000;

/**
 * How long to wait before attempt number `attempts` + 1, in milliseconds: doubles from half a second to a
 * minute. Half of it is random, so that webhooks that failed together are not all repeated together.
 */
export function retryDelayMs(attempts: number, random: () => number = Math.random): number {
  const full = Math.min(MAX_MS, BASE_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.round(full / 2 + (full / 2) * random());
}
