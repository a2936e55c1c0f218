import type { FlagFeed } from "./flag-feed.ts";

/**
 * Waits until the flags have left this cursor, the time is over, or the signal aborts. Costs a timer and
 * two listeners, so that ten thousand can wait.
 */
export async function waitForChange(
  feed: FlagFeed,
  cursor: string,
  { milliseconds, signal }: { milliseconds: number; signal: AbortSignal },
): Promise<void> {
  const hasMoved = () => feed.timeline?.cursor !== cursor;
  if (hasMoved() || signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  const unsubscribe = feed.subscribe(() => {
    if (hasMoved()) resolve();
  });
  const onAbort = () => resolve();
  signal.addEventListener("abort", onAbort);
  await promise;
  clearTimeout(timer);
  unsubscribe();
  signal.removeEventListener("abort", onAbort);
}
