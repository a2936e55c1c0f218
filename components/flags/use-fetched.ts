import { useEffect, useState } from "react";
import { fetchPageData, type PageData } from "../page-data.ts";

/** The console's answer at a path, requested once and cancelled on unmount. */
export function useFetched<Path extends keyof PageData>(
  path: Path,
): PageData[Path] | "loading" | "failed" {
  const [answer, setAnswer] = useState<PageData[Path] | "loading" | "failed">("loading");
  useEffect(() => {
    const leaving = new AbortController();
    fetchPageData(path, leaving.signal)
      .then(setAnswer)
      .catch(() => leaving.signal.aborted || setAnswer("failed"));
    return () => leaving.abort();
  }, [path]);
  return answer;
}
