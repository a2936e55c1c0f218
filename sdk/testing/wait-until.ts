import { vi } from "vitest";

/** Generous, for a busy machine: a test of speed measures the time itself. */
const MAX_MS = 20_000;

/** Waits until the condition holds, and checks it every `interval` milliseconds. */
export async function waitUntil(
  condition: () => unknown,
  { interval = 10 }: { interval?: number } = {},
): Promise<void> {
  await vi.waitUntil(condition, { interval, timeout: MAX_MS });
}
