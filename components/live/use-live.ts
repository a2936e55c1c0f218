import { useEffect, useState } from "react";

/** A page is drawn and usable before it becomes live. */
const START_AFTER_MS = 2_000;

/**
 * Keeps the page live: calls `refresh` when what it shows has changed. Its code is loaded after the page.
 *
 * @returns null before the first attempt has ended, and in a browser that cannot elect one of its tabs
 */
export function useLive(personId: string, refresh: () => void): boolean | null {
  const [isLive, setLive] = useState<boolean | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const page = { personId, refresh, setLive, signal: leaving.signal };
    const start = () =>
      import("./start-live.ts").then(
        ({ startLive }) => startLive(page),
        () => setLive(false),
      );
    const timer = setTimeout(start, START_AFTER_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [personId, refresh]);
  return isLive;
}
