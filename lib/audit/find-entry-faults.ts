import { type AuditEvent, GENESIS_HASH, hashEvent } from "./event.ts";
import type { Restatement } from "./find-restatement.ts";

/** What is wrong with one entry, as far as it and its neighbours tell. */
export type EntryFault =
  /** Its content does not give its hash. */
  | "edited"
  /** It was restated, and the entry that did so attests other content. */
  | "not-attested"
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
  event: AuditEvent;
  previous: AuditEvent | null;
  next: AuditEvent | null;
  ledger: { seq: number; hash: string };
  /** The last entry that left into an archive, if one did. */
  archived: { seq: number; hash: string } | null;
  /** When a person in it became a pseudonym: then its hash is of what it said before. */
  restatement: Restatement | null;
};

/** The same rules as the verifier's, applied to one entry. */
export function findEntryFaults({
  event,
  previous,
  next,
  ledger,
  archived,
  restatement,
}: EntryLinks): EntryFault[] {
  const faults: EntryFault[] = [];
  if (!restatement && hashEvent(event) !== event.hash) faults.push("edited");
  if (restatement?.isAttested === false) faults.push("not-attested");
  const before = archived?.seq === event.seq - 1 ? archived : previous;
  if (event.seq > 1 && !before) faults.push("previous-missing");
  else if (event.prevHash !== (before?.hash ?? GENESIS_HASH)) faults.push("does-not-continue");
  if (next && next.prevHash !== event.hash) faults.push("not-continued");
  if (!next && ledger.seq > event.seq) faults.push("next-missing");
  if (ledger.seq === event.seq && ledger.hash !== event.hash) faults.push("ledger-differs");
  return faults;
}
