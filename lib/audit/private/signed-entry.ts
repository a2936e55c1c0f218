import type { SignedEvent } from "../event.ts";
import type { Opening } from "./commitment.ts";
import { listCommitments } from "./find-commitments.ts";
import type { StoredOpenings } from "./open-events.ts";

/** An entry as exports have it: in its signed form, with what its commitments open to beside. */
export type SignedEntry = SignedEvent & {
  /** By commitment; without those that were erased or that the reader may not see. */
  private: { [commitment: string]: Opening };
};

/** Reads a line of an export: the event, and what stands beside it. */
export function splitEntry({
  private: beside,
  ...event
}: Partial<Pick<SignedEntry, "private">> & SignedEvent) {
  const openings: StoredOpenings = new Map(Object.entries(beside ?? {}));
  return { event: event as SignedEvent, openings };
}

/** Puts beside an entry what its commitments open to. */
export function toSignedEntry(event: SignedEvent, openings: StoredOpenings): SignedEntry {
  const beside = listCommitments(event).flatMap((commitment) => {
    const opening = openings.get(commitment);
    return opening ? [[commitment, opening] as const] : [];
  });
  return { ...event, private: Object.fromEntries(beside) };
}
