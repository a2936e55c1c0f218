import { useEffect, useState } from "react";
import { fetchPageData } from "../page-data.ts";
import type { SimulatorNumber } from "./simulator-number.ts";

export type Suggestions =
  | { kind: "none_asked" | "searching" | "failed" }
  | { kind: "found"; numbers: SimulatorNumber[] };

const TYPING_PAUSE_MS = 200;

/** The numbers that match what is being typed. */
export function useSuggestions(typed: string): Suggestions {
  const [suggestions, setSuggestions] = useState<Suggestions>({ kind: "none_asked" });
  const q = typed.trim();
  useEffect(() => {
    if (q === "") {
      setSuggestions({ kind: "none_asked" });
      return;
    }
    setSuggestions({ kind: "searching" });
    const leaving = new AbortController();
    const search = async () => {
      try {
        const params = new URLSearchParams({ q });
        const numbers = await fetchPageData(`/simulator/search?${params}`, leaving.signal);
        setSuggestions({ kind: "found", numbers });
      } catch {
        if (!leaving.signal.aborted) setSuggestions({ kind: "failed" });
      }
    };
    const timer = setTimeout(search, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [q]);
  return suggestions;
}
