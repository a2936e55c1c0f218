import type { SignedEvent } from "../event.ts";
import { hashOpening } from "../private/commitment.ts";
import { digestCommitments, type Erasure, toErasure } from "../private/erasure.ts";
import type { ErasureRequests } from "../private/erasure-requests.ts";
import { findCommitments, findFromCommitment } from "../private/find-commitments.ts";
import type { StoredOpenings } from "../private/open-events.ts";
import { isOpening } from "../verify/entry-form.ts";
import type { TrailFault } from "../verify/trail-check.ts";
import type { Manifest } from "./manifest.ts";

/** Checks that each opening in an export fits its commitment, and that each missing one was erased. */
export class OpeningCheck {
  /** Erasures that entries record, in this file and the earlier ones. */
  readonly #erasures: Erasure[];
  /** By commitment, the last entry with its opening. */
  readonly #opened = new Map<string, number>();
  /** By commitment without an opening, the first entry that has it. */
  readonly #unopened = new Map<string, { seq: number; isOrigin: boolean }>();

  readonly #requests: ErasureRequests;
  /** The first erasure that nobody requested; ignored in a filtered file, which may lack the request. */
  #unasked: TrailFault | null = null;

  /** @param requests the erasure requests of the earlier files */
  constructor(erasures: readonly Erasure[], requests: ErasureRequests) {
    this.#erasures = [...erasures];
    this.#requests = requests;
  }

  get erasures(): Erasure[] {
    return this.#erasures;
  }

  take(event: SignedEvent, openings: StoredOpenings): string | null {
    const { seq, action, outcome } = event;
    const { origin, all: committed } = findCommitments(event);
    for (const [commitment, opening] of openings) {
      if (!committed.includes(commitment)) {
        return `Beside entry ${seq} stands a value that it does not commit to: ${commitment}.`;
      }
      if (!isOpening(opening) || hashOpening(opening) !== commitment) {
        return `A private value of entry ${seq} is another than the entry commits to: ${commitment}.`;
      }
    }
    for (const commitment of openings.keys()) this.#opened.set(commitment, seq);
    const origins = [origin, findFromCommitment(event)];
    for (const commitment of committed) {
      if (openings.has(commitment) || this.#unopened.has(commitment)) continue;
      this.#unopened.set(commitment, { seq, isOrigin: origins.includes(commitment) });
    }
    if (action === "person.erased" && outcome === "success") this.#erasures.push(toErasure(event));
    this.#unasked ??= this.#requests.take(event);
    return null;
  }

  /** @param range the entries of the file, which has all in between; null for a filtered file */
  finish(
    { erasures = {}, withheld }: Manifest,
    range: { firstSeq: number; lastSeq: number } | null,
  ): TrailFault | null {
    if (range && this.#unasked) return this.#unasked;
    if (withheld === "all") return null;
    const fault = this.#compareErasures(erasures, range) ?? this.#findPutBack(erasures);
    if (fault) return fault;
    const counts = new Map<string, number>();
    for (const commitment of Object.values(erasures).flat()) {
      counts.set(commitment, (counts.get(commitment) ?? 0) + 1);
    }
    for (const [commitment, { seq, isOrigin }] of this.#unopened) {
      if (counts.get(commitment) === 1 || (isOrigin && withheld === "origins")) continue;
      const problem = `A private value of entry ${seq} is not there, and no erasure tells of it: ${commitment}.`;
      return { seq, problem };
    }
    return null;
  }

  /** Finds a value that is there though an entry of the file erased it. Later erasures do not count. */
  #findPutBack(erasures: Manifest["erasures"]): TrailFault | null {
    for (const { seq: by } of this.#erasures) {
      for (const commitment of erasures[by] ?? []) {
        const seq = this.#opened.get(commitment);
        if (seq === undefined) continue;
        return { seq, problem: `A value of entry ${seq} is there, and entry ${by} erased it.` };
      }
    }
    return null;
  }

  /** Checks that each list of erased values matches its entry, and that each erasure has its list. */
  #compareErasures(
    erasures: Manifest["erasures"],
    range: { firstSeq: number; lastSeq: number } | null,
  ): TrailFault | null {
    for (const { seq, count, digest } of this.#erasures) {
      const erased = erasures[seq] ?? [];
      if (erased.length === count && digestCommitments(erased) === digest) continue;
      const problem = `Entry ${seq} tells of ${count} values of a person that were erased, and the file names others.`;
      return { seq, problem };
    }
    for (const seq of Object.keys(erasures).map(Number)) {
      const isHere = range !== null && seq >= range.firstSeq && seq <= range.lastSeq;
      if (!isHere || this.#erasures.some((erasure) => erasure.seq === seq)) continue;
      return { seq, problem: `Entry ${seq} tells of no erasure, and the file names one.` };
    }
    return null;
  }
}
