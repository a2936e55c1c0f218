import { useDeferredValue, useMemo } from "react";
import { SAMPLE_PAYLOADS } from "#sdk/rules.ts";
import type { NumberNow } from "./number-now.ts";
import { type PayloadReading, readPayload } from "./read-payload.ts";
import { OWN, type SimulatorQuery } from "./simulator-query.ts";
import { type InitialNumbers, useNumbersNow } from "./use-numbers-now.ts";
import { type NamedNumber, withNumber } from "./with-number.ts";

/**
 * A payload and its results, computed in the browser as one types.
 *
 * @param own the person's own text, which is used when no case is picked
 */
export function useSimulation(query: SimulatorQuery, own: string, initialNumbers: InitialNumbers) {
  const { number } = query;
  const picked = query.case === OWN ? own : null;

  // The numbers to look up are known before any answer: the chosen one, else those named.
  const unnumbered = useMemo(() => toText(query.case, null), [query.case]);
  const typed = useDeferredValue(picked ?? unnumbered);
  const plain = useMemo(() => (number === null ? readPayload(typed, null) : null), [number, typed]);
  const ids = number === null ? idsOf(plain) : [number];
  const numbers = useNumbersNow(ids, initialNumbers);

  const phone = number === null ? null : phoneOf(numbers.nowOf(number));
  const asNumber = useMemo<NamedNumber | null>(
    () => (number === null ? null : { phoneNumberId: number, displayPhoneNumber: phone }),
    [number, phone],
  );
  const reading = useMemo(() => plain ?? readPayload(typed, asNumber), [plain, typed, asNumber]);
  const text = useMemo(
    () => picked ?? toText(query.case, asNumber),
    [picked, query.case, asNumber],
  );
  return { text, reading, ids, ...numbers };
}

/** A picked case as text, for the chosen number. */
function toText(id: string, number: NamedNumber | null): string {
  const payload = SAMPLE_PAYLOADS.find((sample) => sample.id === id)?.payload;
  if (!payload) return "";
  return JSON.stringify(number ? withNumber(payload, number) : payload, null, 2);
}

function idsOf(reading: PayloadReading | null): readonly string[] {
  return reading?.kind === "read" ? reading.numberIds : [];
}

function phoneOf(now: NumberNow): string | null {
  return now.kind === "known" ? now.number.displayPhoneNumber : null;
}
