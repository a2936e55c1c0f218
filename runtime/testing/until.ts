import { vi } from "vitest";

/** How long something may take on a busy machine: what has to be quick says so itself. */
const PATIENCE_MS = 15_000;
const INTERVAL_MS = 20;

/** Resolves once `check` does to something true. */
export async function until(check: () => unknown, timeout = PATIENCE_MS): Promise<void> {
  await vi.waitUntil(check, { timeout, interval: INTERVAL_MS });
}
