import { GENESIS_HASH, hashEvent, type SignedEvent } from "../event.ts";
import { isEntry } from "./entry-form.ts";

/** Where a trail ends: the last event and the last flag revision. */
export type ChainEnd = {
  seq: number;
  hash: string;
  /** Null when the check began in the middle, and no flag has changed since. */
  revision: number | null;
};

/** The first thing wrong with a trail, at the event that shows it. */
export type TrailFault = { seq: number; problem: string };

/** A number's flag after replaying the trail: its value, how often it changed, and its last change. */
export type ReplayedFlag = { accepts: boolean; version: number; revision: number; seq: number };

/** The state from which a check of the trail starts. */
export type TrailStart = {
  end: ChainEnd;
  flags: ReadonlyMap<string, ReplayedFlag>;
  /** Whether a number that is missing in `flags` has never changed; if not, its flag is unknown. */
  areFlagsWhole: boolean;
};

/** The start for a part of the trail that begins with this event; what came before is trusted. */
export function startBefore({ seq, prevHash }: SignedEvent): TrailStart {
  if (seq === 1) return BEGINNING;
  return {
    end: { seq: seq - 1, hash: prevHash, revision: null },
    flags: new Map(),
    areFlagsWhole: false,
  };
}

const BEGINNING: TrailStart = {
  end: { seq: 0, hash: GENESIS_HASH, revision: 0 },
  flags: new Map(),
  areFlagsWhole: true,
};

/**
 * Checks a trail event by event: `seq` and revisions have no gaps, each event has the right hash and the
 * hash of the one before, and each flag change starts from the flag's value. Not usable after the first fault.
 */
export class TrailCheck {
  #end: ChainEnd;
  readonly #flags: Map<string, ReplayedFlag>;
  readonly #areFlagsWhole: boolean;

  constructor(start: TrailStart = BEGINNING) {
    this.#end = start.end;
    this.#flags = new Map(start.flags);
    this.#areFlagsWhole = start.areFlagsWhole;
  }

  /** The last good event. */
  get end(): ChainEnd {
    return this.#end;
  }

  /** The flags after the last good event, of all numbers that changed. */
  get flags(): ReadonlyMap<string, ReplayedFlag> {
    return this.#flags;
  }

  /** Takes the next event; returns what is wrong with it, or null. */
  take(event: SignedEvent): string | null {
    if (!isEntry(event)) return toFormProblem(event);
    const problem = findChainProblem(this.#end, event) ?? this.#findReplayProblem(event);
    if (problem) return problem;
    this.#end = {
      seq: event.seq,
      hash: event.hash,
      revision: event.revision ?? this.#end.revision,
    };
    this.#replay(event);
    return null;
  }

  #findReplayProblem({ seq, revision, target, before }: SignedEvent): string | null {
    if (revision === null) return null;
    const replayed = this.#flags.get(target.id)?.accepts;
    const expected = replayed ?? (this.#areFlagsWhole ? false : undefined);
    if (expected === undefined || before?.acceptsBsuid === expected) return null;
    return `Entry ${seq} changes number ${target.id} from a value that it did not have.`;
  }

  #replay({ seq, revision, target, after }: SignedEvent): void {
    if (revision === null) return;
    const version = (this.#flags.get(target.id)?.version ?? 0) + 1;
    this.#flags.set(target.id, { accepts: after?.acceptsBsuid === true, version, revision, seq });
  }
}

/** The problem of an entry that is malformed, so that nothing else can be checked. */
export function toFormProblem({ seq }: { seq: number }): string {
  return `Entry ${seq} was edited, or was not written by the console: it has not the form of an entry.`;
}

function findChainProblem(before: ChainEnd, event: SignedEvent): string | null {
  if (event.seq !== before.seq + 1) {
    return `Entry ${before.seq + 1} is missing: after ${before.seq} comes ${event.seq}.`;
  }
  if (event.prevHash !== before.hash) {
    return `Entry ${event.seq} does not continue entry ${before.seq}: one of them was replaced.`;
  }
  if (hashEvent(event) !== event.hash) {
    return `Entry ${event.seq} was edited: its content does not give its hash.`;
  }
  const expected = before.revision === null ? event.revision : before.revision + 1;
  if (event.revision !== null && event.revision !== expected) {
    return `Entry ${event.seq} has revision ${event.revision}, and ${expected} is due.`;
  }
  return null;
}
