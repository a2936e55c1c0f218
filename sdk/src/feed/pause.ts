import { setTimeout as sleep } from "node:timers/promises";

/** Waits; resolves early when `signal` aborts. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
