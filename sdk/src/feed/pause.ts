import { setTimeout as sleep } from "node:timers/promises";

/** Waits; returns early, without a word, when `signal` aborts. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}
