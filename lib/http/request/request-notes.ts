import { processSlot } from "../../process-slot.ts";

/** More requests than are ever open at a time. */
const MAX_NOTES = 1_000;

/** Notes about requests, by their ids, until their answers are written. */
export type RequestNotes = {
  notice: (requestId: string) => void;
  isNoticed: (requestId: string) => boolean;
  /** Whether the request has a note, which is deleted. */
  take: (requestId: string) => boolean;
};

const slot = processSlot<Map<string, Set<string>>>("request-notes");
slot.value ??= new Map();
const notes = slot.value;

/** Deletes all notes about a request, once it is answered. */
export function forgetNotes(requestId: string): void {
  for (const noticed of notes.values()) noticed.delete(requestId);
}

/** The notes of one name, shared by the whole process. */
export function requestNotes(name: string): RequestNotes {
  const noticed = notes.get(name) ?? new Set<string>();
  notes.set(name, noticed);
  return {
    notice: (requestId) => {
      // When a client leaves, its note may come after the end of the answer and is never taken.
      const [oldest] = noticed;
      if (noticed.size >= MAX_NOTES && oldest !== undefined) noticed.delete(oldest);
      noticed.add(requestId);
    },
    isNoticed: (requestId) => noticed.has(requestId),
    take: (requestId) => noticed.delete(requestId),
  };
}
