import { useEffect, useState } from "react";

/** What the console answers at a path of its own; asked for once, dropped on leaving. */
export function useFetched<Answer>(path: string): Answer | "loading" | "failed" {
  const [answer, setAnswer] = useState<Answer | "loading" | "failed">("loading");
  useEffect(() => {
    const leaving = new AbortController();
    fetch(path, { signal: leaving.signal })
      .then((response) => (response.ok ? response.json() : "failed"))
      .then(setAnswer)
      .catch(() => leaving.signal.aborted || setAnswer("failed"));
    return () => leaving.abort();
  }, [path]);
  return answer;
}
