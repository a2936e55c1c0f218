import { useTranslations } from "next-intl";
import { isolate } from "../ui/isolate.ts";
import { tally } from "./decide-entry.ts";
import { accepts, type NumberNow } from "./number-now.ts";
import { NumbersNamed } from "./numbers-named.tsx";
import { PayloadEntries } from "./payload-entries.tsx";
import { numberIdOf, type PayloadEntry, type PayloadReading } from "./read-payload.ts";
import type { SimulatorState } from "./simulator-query.ts";
import { TallyLine } from "./tally-line.tsx";

/** The results for a payload: first counts, then the numbers it is about, then each item. */
export function Results({
  reading,
  state,
  ids,
  nowOf,
  onRetry,
}: {
  reading: PayloadReading;
  state: SimulatorState;
  ids: readonly string[];
  nowOf: (id: string) => NumberNow;
  onRetry: () => void;
}) {
  const t = useTranslations("simulator");
  const acceptsOf = (entry: PayloadEntry) => {
    const id = numberIdOf(entry);
    return accepts(state, id === null ? { kind: "unknown" } : nowOf(id));
  };
  const nameOf = (id: string) => {
    const now = nowOf(id);
    return now.kind === "known" ? isolate(now.number.label) : id;
  };
  return (
    <section aria-labelledby="results" className="min-w-0">
      <h2 id="results" className="font-semibold">
        {t("results")}
      </h2>
      <p role="status" className="pb-3 text-muted">
        {reading.kind === "read" ? (
          <TallyLine counts={tally(reading.entries, acceptsOf)} />
        ) : (
          t(NOTHING[reading.kind])
        )}
      </p>
      {reading.kind === "read" && (
        <>
          <NumbersNamed ids={ids} nowOf={nowOf} state={state} onRetry={onRetry} />
          <PayloadEntries entries={reading.entries} nameOf={nameOf} acceptsOf={acceptsOf} />
        </>
      )}
    </section>
  );
}

const NOTHING = {
  empty: "empty",
  broken: "brokenResult",
  too_large: "tooLargeResult",
} as const;
