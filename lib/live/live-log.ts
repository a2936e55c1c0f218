import { FIRST_POSITION, type LiveEntry } from "./live-entry.ts";

/** How many entries a stream can catch up with. Beyond that a page has to read everything again. */
const MAX_KEPT = 2_000;

/** The latest entries in memory, for streams that come back. */
export class LiveLog {
  #entries: LiveEntry[] = [];
  /** The position before the first kept entry. */
  #start = FIRST_POSITION;
  #position = FIRST_POSITION;

  /** The position of the last entry. */
  get position(): string {
    return this.#position;
  }

  /** Forgets all entries, and goes on after this position. */
  restart(position: string): void {
    this.#entries = [];
    this.#start = position;
    this.#position = position;
  }

  add(entries: readonly LiveEntry[]): void {
    this.#entries.push(...entries);
    this.#position = entries.at(-1)?.position ?? this.#position;
    const over = this.#entries.length - MAX_KEPT;
    if (over > 0) this.#start = this.#entries.splice(0, over).at(-1)?.position ?? this.#start;
  }

  /** The entries after a position; null when it is unknown or too old. */
  after(position: string): LiveEntry[] | null {
    if (position === this.#start) return this.#entries;
    // The first of that position: entries outside the trail share that of the trail's last one.
    const index = this.#entries.findIndex((entry) => entry.position === position);
    return index < 0 ? null : this.#entries.slice(index + 1);
  }

  /** The entries that this process heard of since then. */
  heardSince(time: number): LiveEntry[] {
    return this.#entries.filter(({ heardAt }) => heardAt >= time);
  }
}
