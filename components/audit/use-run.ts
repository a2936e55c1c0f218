import { useEffect, useState } from "react";
import type { VerificationRun } from "#lib/audit/jobs/read-verification-run.ts";
import { fetchPageData } from "../page-data.ts";
import { useConnection } from "../ui/connection.tsx";

const EVERY_MS = 1_000;

export function isUnderWay(run: VerificationRun | null): boolean {
  return run?.state === "requested" || run?.state === "running";
}

/**
 * The run that the page was made with, followed until it has ended; then the page is brought up to date.
 *
 * @returns `setRun` takes one that is newer than the page
 */
export function useRun(given: VerificationRun | null) {
  const { refresh } = useConnection();
  const [newer, setNewer] = useState<{ than: typeof given; run: typeof given } | null>(null);
  const run = newer?.than === given ? newer.run : given;
  const isFollowed = isUnderWay(run);
  useEffect(() => {
    if (!isFollowed) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leaving = new AbortController();
    const ask = async () => {
      const run = await fetchRun(leaving.signal);
      if (leaving.signal.aborted) return;
      if (run) setNewer({ than: given, run: run });
      if (run && !isUnderWay(run)) refresh();
      else timer = setTimeout(ask, EVERY_MS);
    };
    timer = setTimeout(ask, EVERY_MS);
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [isFollowed, given, refresh]);
  const setRun = (next: VerificationRun | null) => setNewer({ than: given, run: next });
  return { run, setRun };
}

/** Null when nothing is known of it: asked again, since the console may be away for a moment. */
async function fetchRun(signal: AbortSignal): Promise<VerificationRun | null> {
  return await fetchPageData("/audit/verification", signal).catch(() => null);
}
