import { toCursor } from "./cursor.ts";

/** One change of a flag, from its audit event. */
export type FlagChange = {
  revision: number;
  /** The audit event's hash. */
  hash: string;
  phoneNumberId: string;
  acceptsBsuid: boolean;
};

/** One number's latest change, as it is in a delta. */
export type DeltaChange = Pick<FlagChange, "phoneNumberId" | "acceptsBsuid" | "revision">;

/** The flags at one revision, as loaded from the database. */
export type LoadedFlags = {
  revision: number;
  revisionHash: string;
  /** Sorted by code unit. */
  accepts: string[];
  /** The latest changes up to `revision`, oldest first, without gaps. */
  recent: FlagChange[];
};

/** How many changes back a poller may be and still get a delta. */
export const MAX_RECENT = 10_000;

/**
 * The flags in memory, with their latest changes; without access to the database. Memory grows with the
 * accepting numbers; the time for a delta grows with its changes.
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

  /** The accepting numbers, sorted; the live list, not a copy. */
  get accepts(): readonly string[] {
    return this.#accepts;
  }

  acceptsBsuid(phoneNumberId: string): boolean {
    return this.#accepts[this.#indexOf(phoneNumberId)] === phoneNumberId;
  }

  /** Applies the next changes, in order. @throws Error when a revision is missing */
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
    // Trim rarely, since each trim moves the rest.
    if (this.#recent.length > 2 * MAX_RECENT) {
      this.#recent.splice(0, this.#recent.length - MAX_RECENT);
    }
  }

  /**
   * The changes after a cursor: only the latest of each number, oldest first.
   *
   * @returns null for a cursor that is of another timeline, in the future, or too old
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

  /** The number of all changes after a cursor; null for a cursor for which `changesSince` is null. */
  countSince(cursor: string): number | null {
    if (cursor === this.cursor) return 0;
    const revision = Number.parseInt(cursor, 10);
    const first = this.#recent[0];
    if (!first || !(revision >= first.revision - 1 && revision < this.#revision)) return null;
    return this.#isKnown(cursor, revision, first) ? this.#revision - revision : null;
  }

  /** Whether the cursor is one of this timeline. Revision 0 has no change, and a fixed hash. */
  #isKnown(cursor: string, revision: number, first: FlagChange): boolean {
    if (revision === 0) return cursor === toCursor({ revision, revisionHash: "0".repeat(8) });
    const change = this.#recent[revision - first.revision];
    return change !== undefined && cursor === toCursor({ revision, revisionHash: change.hash });
  }

  #set({ phoneNumberId, acceptsBsuid }: FlagChange): void {
    const index = this.#indexOf(phoneNumberId);
    const isOn = this.#accepts[index] === phoneNumberId;
    if (isOn && !acceptsBsuid) this.#accepts.splice(index, 1);
    if (!isOn && acceptsBsuid) this.#accepts.splice(index, 0, phoneNumberId);
  }

  /** The index of the number, or the one to insert it at: binary search. */
  #indexOf(phoneNumberId: string): number {
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
