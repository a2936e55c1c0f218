import { useEffect, useState } from "react";
import { fetchPageData } from "../page-data.ts";
import type { Jumps } from "./jumps.ts";

const TYPING_PAUSE_MS = 120;

/**
 * Where one can jump to by what is being typed. Shows the answer before until there is one for the text;
 * an answer that comes late is dropped.
 */
export function useJumps(typed: string): {
  jumps: Jumps | null;
  /** Whether the answer is one for this text. */
  isCurrent: boolean;
  isFailed: boolean;
} {
  const q = typed.trim();
  const [jumps, setJumps] = useState<Jumps | null>(null);
  const [failedAt, setFailedAt] = useState<string | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const ask = () =>
      fetchPageData(`/jump?${new URLSearchParams({ q })}`, leaving.signal)
        .then((answer) => {
          setJumps(answer);
          setFailedAt(null);
        })
        .catch(() => leaving.signal.aborted || setFailedAt(q));
    const timer = setTimeout(ask, q === "" ? 0 : TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [q]);
  return { jumps, isCurrent: jumps?.q === q, isFailed: failedAt === q };
}
