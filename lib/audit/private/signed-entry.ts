import type { SignedEvent } from "../event.ts";
import type { Opening } from "./commitment.ts";
import { listCommitments } from "./find-commitments.ts";
import type { StoredOpenings } from "./open-events.ts";

/** An entry as in exports: the signed form, and the openings of its commitments. */
export type SignedEntry = SignedEvent & {
  /** Openings by commitment, without those that were erased or that the reader may not see. */
  private: { [commitment: string]: Opening };
};

/** Splits an entry of an export into the event and its openings. */
export function splitEntry({
  private: stored,
  ...event
}: Partial<Pick<SignedEntry, "private">> & SignedEvent) {
  const openings: StoredOpenings = new Map(Object.entries(stored ?? {}));
  return { event: event as SignedEvent, openings };
}

/** Adds the openings of its commitments to an event. */
export function toSignedEntry(event: SignedEvent, openings: StoredOpenings): SignedEntry {
  const ofEntry = listCommitments(event).flatMap((commitment) => {
    const opening = openings.get(commitment);
    return opening ? [[commitment, opening] as const] : [];
  });
  return { ...event, private: Object.fromEntries(ofEntry) };
}
