import { useEffect, useState } from "react";
import { fetchPageData, type PageData } from "../page-data.ts";

/** What the console answers at a path of its own; asked for once, dropped on leaving. */
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
