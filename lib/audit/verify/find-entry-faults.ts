import { GENESIS_HASH, hashEvent, type SignedEvent } from "../event.ts";
import { hashOpening } from "../private/commitment.ts";
import { listCommitments } from "../private/find-commitments.ts";
import type { StoredOpenings } from "../private/open-events.ts";
import { isEntry, isOpening } from "./entry-form.ts";

/** What is wrong with one entry, as far as it and its neighbours tell. */
export type EntryFault =
  /** It has not the form of an entry. */
  | "malformed"
  /** Its content does not give its hash. */
  | "edited"
  /** A value that it commits to is not there, and was not erased. */
  | "value-missing"
  /** A value is another than it commits to. */
  | "value-differs"
  /** Its `prevHash` is not the hash of the entry before it. */
  | "does-not-continue"
  /** The entry before it is not there. */
  | "previous-missing"
  /** The entry after it has another `prevHash` than its hash. */
  | "not-continued"
  /** The entry after it is not there, and the ledger knows of one. */
  | "next-missing"
  /** It is the last entry, and the ledger has another hash. */
  | "ledger-differs";

/** An entry with those before and after it in the chain, and the chain's end as the ledger has it. */
export type EntryLinks = {
  event: SignedEvent;
  previous: SignedEvent | null;
  next: SignedEvent | null;
  /** What it commits to. */
  values: StoredOpenings;
  ledger: { seq: number; hash: string };
  /** The last entry that left into an archive, if one did. */
  archived: { seq: number; hash: string } | null;
};

/** Applies the verifier's rules to one entry. */
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
