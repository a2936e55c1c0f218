import { useCallback, useEffect, useState } from "react";
import { MAX_IDS } from "#lib/numbers/max-ids.ts";
import { fetchPageData } from "../page-data.ts";
import type { NumberNow } from "./number-now.ts";
import type { SimulatorNumber } from "./simulator-number.ts";

/** The ids that the server looked up for this page, and the numbers it has for them. */
export type InitialNumbers = { ids: readonly string[]; numbers: readonly SimulatorNumber[] };

/** Null for an id that the console does not have. */
type Answers = ReadonlyMap<string, SimulatorNumber | null>;

const TYPING_PAUSE_MS = 250;

/**
 * Looks up the current state of numbers, and sends only their ids. Asks again at each refresh of the
 * page, so that a flip by somebody else appears by itself.
 */
export function useNumbersNow(ids: readonly string[], initialNumbers: InitialNumbers) {
  const [answers, setAnswers] = useState<Answers>(() =>
    toAnswers(initialNumbers.ids, initialNumbers.numbers),
  );
  const [hasFailed, setHasFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const asked = ids.slice(0, MAX_IDS).join(" ");

  useEffect(() => {
    setAnswers(
      (previous) =>
        new Map([...previous, ...toAnswers(initialNumbers.ids, initialNumbers.numbers)]),
    );
  }, [initialNumbers]);

  // Each refresh of the page makes a new `initialNumbers`, each "ask again" a new `attempt`.
  // biome-ignore lint/correctness/useExhaustiveDependencies: both mean that it is time to ask
  useEffect(() => {
    const missing = asked.split(" ").filter((id) => id !== "" && !initialNumbers.ids.includes(id));
    if (missing.length === 0) return;
    const leaving = new AbortController();
    const ask = async () => {
      try {
        const params = new URLSearchParams(missing.map((id) => ["id", id]));
        const numbers = await fetchPageData(`/simulator/numbers?${params}`, leaving.signal);
        setAnswers((previous) => new Map([...previous, ...toAnswers(missing, numbers)]));
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
  }, [asked, initialNumbers, attempt]);

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
    /** Adds a number that the picker's search returned, so that it is not looked up again. */
    learn: (number: SimulatorNumber) =>
      setAnswers((previous) => new Map([...previous, [number.phoneNumberId, number]])),
    retry: () => setAttempt((count) => count + 1),
  };
}

function toAnswers(ids: readonly string[], numbers: readonly SimulatorNumber[]): Answers {
  const byId = new Map(numbers.map((number) => [number.phoneNumberId, number]));
  return new Map(ids.map((id) => [id, byId.get(id) ?? null]));
}
