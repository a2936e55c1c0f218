import { type AuditEvent, GENESIS_HASH, hashEvent } from "./event.ts";

/** Where a trail ends: the last event and the last flag revision. */
export type ChainEnd = { seq: number; hash: string; revision: number };

/** The first thing wrong with a trail, at the event that shows it. */
export type ChainFault = { seq: number; problem: string };

/**
 * Follows a trail from its first event: numbers without gap, each event's hash right, each the
 * continuation of the one before, revisions without gap. Calls `onEvent` for each good event.
 */
export async function verifyChain(
  events: AsyncIterable<AuditEvent>,
  onEvent: (event: AuditEvent) => void = () => {},
): Promise<{ end: ChainEnd; fault: ChainFault | null }> {
  let end: ChainEnd = { seq: 0, hash: GENESIS_HASH, revision: 0 };
  for await (const event of events) {
    const problem = findProblem(end, event);
    if (problem) return { end, fault: { seq: event.seq, problem } };
    end = { seq: event.seq, hash: event.hash, revision: event.revision ?? end.revision };
    onEvent(event);
  }
  return { end, fault: null };
}

function findProblem(before: ChainEnd, event: AuditEvent): string | null {
  if (event.seq !== before.seq + 1) {
    return `Entry ${before.seq + 1} is missing: after ${before.seq} comes ${event.seq}.`;
  }
  if (event.prevHash !== before.hash) {
    return `Entry ${event.seq} does not continue entry ${before.seq}: one of them was replaced.`;
  }
  if (hashEvent(event) !== event.hash) {
    return `Entry ${event.seq} was edited: its content does not give its hash.`;
  }
  if (event.revision !== null && event.revision !== before.revision + 1) {
    return `Entry ${event.seq} has revision ${event.revision}, and ${before.revision + 1} is due.`;
  }
  return null;
}
