import { setTimeout as sleep } from "node:timers/promises";
import type { FlagClientError } from "../flag-client-error.ts";

/** Waits; returns early, without a word, when `signal` aborts. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** What no retry can mend: the token is refused. */
export function isFinal({ code }: FlagClientError): boolean {
  return code === "UNAUTHENTICATED" || code === "FORBIDDEN";
}
