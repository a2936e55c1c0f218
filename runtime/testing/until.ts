import { vi } from "vitest";

/** Generous, for a busy machine: a test of speed passes its own timeout. */
const PATIENCE_MS = 15_000;
const INTERVAL_MS = 20;

/** Resolves once `check` returns, or resolves to, something truthy. */
export async function until(check: () => unknown, timeout = PATIENCE_MS): Promise<void> {
  await vi.waitUntil(check, { timeout, interval: INTERVAL_MS });
}
