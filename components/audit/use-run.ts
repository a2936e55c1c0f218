import { useEffect, useState } from "react";
import type { VerificationRun } from "#lib/audit/jobs/read-verification-run.ts";
import { fetchPageData } from "../page-data.ts";
import { useConnection } from "../ui/connection.tsx";

const EVERY_MS = 1_000;

/** A run that is newer than the one on the page. */
type Newer = Record<"than" | "run", VerificationRun | null>;

export function isUnderWay(run: VerificationRun | null): boolean {
  return run?.state === "requested" || run?.state === "running";
}

/**
 * Follows the run that the page was rendered with until it has ended, then refreshes the page.
 *
 * @returns the run, and `setRun` for one that is newer than the page
 */
export function useRun(initialRun: VerificationRun | null) {
  const { refresh } = useConnection();
  const [newer, setNewer] = useState<Newer | null>(null);
  const run = newer && isNewer(newer, initialRun) ? newer.run : initialRun;
  const isFollowed = isUnderWay(run);
  useEffect(() => {
    if (!isFollowed) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leaving = new AbortController();
    const ask = async () => {
      const run = await fetchRun(leaving.signal);
      if (leaving.signal.aborted) return;
      if (run) setNewer({ than: initialRun, run: run });
      if (run && !isUnderWay(run)) refresh();
      else timer = setTimeout(ask, EVERY_MS);
    };
    timer = setTimeout(ask, EVERY_MS);
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [isFollowed, initialRun, refresh]);
  const setRun = (next: VerificationRun | null) => setNewer({ than: initialRun, run: next });
  return { run, setRun };
}

/** A page that was asked for before a run began may come after it. */
function isNewer({ than, run }: Newer, onPage: VerificationRun | null): boolean {
  if (than === onPage) return true;
  return run !== null && onPage !== null && run.askedAt > onPage.askedAt;
}

/** Null when there is no answer. The caller asks again, since the console may be away for a moment. */
async function fetchRun(signal: AbortSignal): Promise<VerificationRun | null> {
  return await fetchPageData("/audit/verification", signal).catch(() => null);
}
