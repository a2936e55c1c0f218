import type { FlagFeed } from "./flag-feed.ts";

/**
 * Waits until the flags are not at this cursor any more, at most so long, and no longer than
 * somebody is interested. Costs a timer and two listeners; ten thousand may wait.
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
