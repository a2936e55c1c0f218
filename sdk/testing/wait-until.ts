import { vi } from "vitest";

/** Only how long it may take on a busy machine: what has to be quick is measured. */
const MOST_MS = 20_000;

/** Waits until the condition holds; `interval` is how often it is looked at, in milliseconds. */
export async function waitUntil(
  condition: () => unknown,
  { interval = 10 }: { interval?: number } = {},
): Promise<void> {
  await vi.waitUntil(condition, { interval, timeout: MOST_MS });
}
