import { GENESIS_HASH, hashEvent, type SignedEvent } from "../event.ts";
import { hashOpening } from "../private/commitment.ts";
import { listCommitments } from "../private/find-commitments.ts";
import type { StoredOpenings } from "../private/open-events.ts";
import { isEntry, isOpening } from "./entry-form.ts";

/** What can be wrong with an entry by itself and next to its neighbours. */
export type EntryFault =
  /** It does not have the form of an entry. */
  | "malformed"
  /** Its content does not give its hash. */
  | "edited"
  /** A value that it commits to is missing, and was not erased. */
  | "value-missing"
  /** A value is not the one that it commits to. */
  | "value-differs"
  /** Its `prevHash` is not the hash of the entry before it. */
  | "does-not-continue"
  /** The entry before it is missing. */
  | "previous-missing"
  /** The `prevHash` of the entry after it is not its hash. */
  | "not-continued"
  /** The entry after it is missing: by the ledger there is one. */
  | "next-missing"
  /** It is the last entry, and the ledger has another hash. */
  | "ledger-differs";

/** An entry, its neighbours in the chain, and the end of the chain by the ledger. */
export type EntryLinks = {
  event: SignedEvent;
  previous: SignedEvent | null;
  next: SignedEvent | null;
  /** The openings of its commitments. */
  values: StoredOpenings;
  ledger: { seq: number; hash: string };
  /** The last archived entry, if there is one. */
  archived: { seq: number; hash: string } | null;
};

/** Applies the rules of `verifyTrail` to one entry. */
export function findEntryFaults({
  event,
  previous,
  next,
  ledger,
  archived,
  values,
}: EntryLinks): EntryFault[] {
  const faults: EntryFault[] = [];
  if (!isEntry(event)) faults.push("malformed");
  else if (hashEvent(event) !== event.hash) faults.push("edited");
  const committed = listCommitments(event);
  if (committed.some((commitment) => !values.has(commitment))) faults.push("value-missing");
  const isOther = (commitment: string) => {
    const opening = values.get(commitment);
    if (!opening) return false;
    return !isOpening(opening) || hashOpening(opening) !== commitment;
  };
  if (committed.some(isOther)) faults.push("value-differs");
  const before = archived?.seq === event.seq - 1 ? archived : previous;
  if (event.seq > 1 && !before) faults.push("previous-missing");
  else if (event.prevHash !== (before?.hash ?? GENESIS_HASH)) faults.push("does-not-continue");
  if (next && next.prevHash !== event.hash) faults.push("not-continued");
  if (!next && ledger.seq > event.seq) faults.push("next-missing");
  if (ledger.seq === event.seq && ledger.hash !== event.hash) faults.push("ledger-differs");
  return faults;
}
