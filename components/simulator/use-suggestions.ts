import { useEffect, useState } from "react";
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
        const path = `/simulator/search?${new URLSearchParams({ q })}`;
        const response = await fetch(path, { signal: leaving.signal, cache: "no-store" });
        if (!response.ok) throw new Error(`The console answered ${response.status}.`);
        setSuggestions({ kind: "found", numbers: await response.json() });
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
