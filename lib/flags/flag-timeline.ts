import { toCursor } from "./cursor.ts";

/** One change of a flag, as its audit event tells it. */
export type FlagChange = {
  revision: number;
  /** Of the audit event. */
  hash: string;
  phoneNumberId: string;
  acceptsBsuid: boolean;
};

/** One number's latest change, as a delta names it. */
export type DeltaChange = Pick<FlagChange, "phoneNumberId" | "acceptsBsuid" | "revision">;

/** The flags at one revision, as loaded from the database. */
export type LoadedFlags = {
  revision: number;
  revisionHash: string;
  /** Sorted by code unit. */
  accepts: string[];
  /** The latest changes up to `revision`, oldest first, without gap. */
  recent: FlagChange[];
};

/** How many changes back a poller may be and still get a delta. */
export const MOST_RECENT = 10_000;

/**
 * The flags in memory, and the latest changes that led there. Knows no database. Memory grows
 * with the accepting numbers; applying a change and answering a delta cost what changed.
 */
export class FlagTimeline {
  readonly #accepts: string[];
  readonly #recent: FlagChange[];
  #revision: number;
  #revisionHash: string;

  constructor({ revision, revisionHash, accepts, recent }: LoadedFlags) {
    this.#accepts = accepts;
    this.#recent = recent;
    this.#revision = revision;
    this.#revisionHash = revisionHash;
  }

  get revision(): number {
    return this.#revision;
  }

  get revisionHash(): string {
    return this.#revisionHash;
  }

  get cursor(): string {
    return toCursor({ revision: this.#revision, revisionHash: this.#revisionHash });
  }

  /** The accepting numbers, sorted. Not to be changed. */
  get accepts(): readonly string[] {
    return this.#accepts;
  }

  acceptsBsuid(phoneNumberId: string): boolean {
    return this.#accepts[this.#placeOf(phoneNumberId)] === phoneNumberId;
  }

  /** Takes the changes that follow, in order and without gap. */
  apply(changes: readonly FlagChange[]): void {
    for (const change of changes) {
      if (change.revision !== this.#revision + 1) {
        throw new Error(`Revision ${change.revision} does not follow ${this.#revision}.`);
      }
      this.#set(change);
      this.#revision = change.revision;
      this.#revisionHash = change.hash;
      this.#recent.push(change);
    }
    // Trimmed in large steps, since each one moves the rest.
    if (this.#recent.length > 2 * MOST_RECENT) {
      this.#recent.splice(0, this.#recent.length - MOST_RECENT);
    }
  }

  /**
   * What changed after a cursor: each number once, with its latest change, oldest first.
   *
   * @returns null for a cursor of another timeline, of the future, or too old
   */
  changesSince(cursor: string): DeltaChange[] | null {
    const count = this.countSince(cursor);
    if (count === null) return null;
    const latest = new Map<string, DeltaChange>();
    for (const { hash: _, ...change } of this.#recent.slice(this.#recent.length - count)) {
      latest.delete(change.phoneNumberId);
      latest.set(change.phoneNumberId, change);
    }
    return [...latest.values()];
  }

  /** How many changes came after a cursor, several of one number counted each; null as for `changesSince`. */
  countSince(cursor: string): number | null {
    if (cursor === this.cursor) return 0;
    const revision = Number.parseInt(cursor, 10);
    const first = this.#recent[0];
    if (!first || !(revision >= first.revision - 1 && revision < this.#revision)) return null;
    return this.#isKnown(cursor, revision, first) ? this.#revision - revision : null;
  }

  /** The change before the oldest one kept is known by its revision 0 only: its hash is gone. */
  #isKnown(cursor: string, revision: number, first: FlagChange): boolean {
    if (revision === 0) return cursor === toCursor({ revision, revisionHash: "0".repeat(8) });
    const change = this.#recent[revision - first.revision];
    return change !== undefined && cursor === toCursor({ revision, revisionHash: change.hash });
  }

  #set({ phoneNumberId, acceptsBsuid }: FlagChange): void {
    const place = this.#placeOf(phoneNumberId);
    const isOn = this.#accepts[place] === phoneNumberId;
    if (isOn && !acceptsBsuid) this.#accepts.splice(place, 1);
    if (!isOn && acceptsBsuid) this.#accepts.splice(place, 0, phoneNumberId);
  }

  /** Where the number stands, or would stand: binary search. */
  #placeOf(phoneNumberId: string): number {
    let low = 0;
    let high = this.#accepts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#accepts[middle] ?? "") < phoneNumberId) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
