import { useCallback, useEffect, useState } from "react";
import { MOST_IDS } from "#lib/numbers/most-ids.ts";
import { fetchPageData } from "../page-data.ts";
import type { NumberNow } from "./number-now.ts";
import type { SimulatorNumber } from "./simulator-number.ts";

/** What the server already looked up for this page: these ids, and what it has of them. */
export type LookedUp = { ids: readonly string[]; numbers: readonly SimulatorNumber[] };

/** Null: the console has no such number. */
type Answers = ReadonlyMap<string, SimulatorNumber | null>;

const TYPING_PAUSE_MS = 250;

/**
 * What the console has of the numbers at the moment; their ids are all that is sent. Asks anew whenever
 * the page does, so that a flip by somebody else appears by itself.
 */
export function useNumbersNow(ids: readonly string[], lookedUp: LookedUp) {
  const [answers, setAnswers] = useState<Answers>(() => toAnswers(lookedUp.ids, lookedUp.numbers));
  const [hasFailed, setHasFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const asked = ids.slice(0, MOST_IDS).join(" ");

  useEffect(() => {
    setAnswers((known) => new Map([...known, ...toAnswers(lookedUp.ids, lookedUp.numbers)]));
  }, [lookedUp]);

  // `lookedUp` is a new one after each refresh of the page, `attempt` after each "ask again".
  // biome-ignore lint/correctness/useExhaustiveDependencies: both mean that it is time to ask
  useEffect(() => {
    const missing = asked.split(" ").filter((id) => id !== "" && !lookedUp.ids.includes(id));
    if (missing.length === 0) return;
    const leaving = new AbortController();
    const ask = async () => {
      try {
        const params = new URLSearchParams(missing.map((id) => ["id", id]));
        const numbers = await fetchPageData(`/simulator/numbers?${params}`, leaving.signal);
        setAnswers((known) => new Map([...known, ...toAnswers(missing, numbers)]));
        setHasFailed(false);
      } catch {
        if (!leaving.signal.aborted) setHasFailed(true);
      }
    };
    const timer = setTimeout(ask, TYPING_PAUSE_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [asked, lookedUp, attempt]);

  const nowOf = useCallback(
    (id: string): NumberNow => {
      const answer = answers.get(id);
      if (answer) return { kind: "known", number: answer };
      if (answer === null) return { kind: "unknown" };
      if (!asked.split(" ").includes(id)) return { kind: "not_asked" };
      return { kind: hasFailed ? "failed" : "asking" };
    },
    [answers, asked, hasFailed],
  );
  return {
    nowOf,
    /** What the picker's search has found need not be asked for again. */
    learn: (number: SimulatorNumber) =>
      setAnswers((known) => new Map([...known, [number.phoneNumberId, number]])),
    retry: () => setAttempt((count) => count + 1),
  };
}

function toAnswers(ids: readonly string[], numbers: readonly SimulatorNumber[]): Answers {
  const byId = new Map(numbers.map((number) => [number.phoneNumberId, number]));
  return new Map(ids.map((id) => [id, byId.get(id) ?? null]));
}
