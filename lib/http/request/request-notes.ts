import { processSlot } from "../../process-slot.ts";

/** More than wait for their answer at a time. */
const MOST = 1_000;

/** What is remembered of requests, by their ids, until their answers are written. */
export type RequestNotes = {
  notice: (requestId: string) => void;
  isNoticed: (requestId: string) => boolean;
  /** Whether it was noticed; from then on it is not. */
  take: (requestId: string) => boolean;
};

const slot = processSlot<Map<string, Set<string>>>("request-notes");
slot.value ??= new Map();
const notes = slot.value;

/** Forgets all that is remembered of a request: its answer is over. */
export function forgetNotes(requestId: string): void {
  for (const noticed of notes.values()) noticed.delete(requestId);
}

/** The notes of that name. */
export function requestNotes(name: string): RequestNotes {
  const noticed = notes.get(name) ?? new Set<string>();
  notes.set(name, noticed);
  return {
    notice: (requestId) => {
      // Of a client that left, the note may come after the end of its answer, and is never taken.
      const [oldest] = noticed;
      if (noticed.size >= MOST && oldest !== undefined) noticed.delete(oldest);
      noticed.add(requestId);
    },
    isNoticed: (requestId) => noticed.has(requestId),
    take: (requestId) => noticed.delete(requestId),
  };
}
