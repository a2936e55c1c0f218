import type { FlagFeed } from "../flags/flag-feed.ts";
import { FIRST_POSITION, type LiveEntry } from "./live-entry.ts";
import { LiveLog } from "./live-log.ts";
import { MAX_READ, readEntries, readLatestEntries } from "./read-entries.ts";

/** What moved since the last time; null when it is too much to say. */
export type News = readonly LiveEntry[] | null;

/**
 * What moves in the database, as the process's feed hears of it. A change costs one query, however many
 * listen.
 */
export class LiveNews {
  readonly log = new LiveLog();
  readonly #feed: FlagFeed;
  readonly #tell: (news: News) => void;
  #seq: number | null = null;
  #reading: Promise<void> | undefined;

  /** @param tell gets everything new, once */
  constructor(feed: FlagFeed, tell: (news: News) => void) {
    this.#feed = feed;
    this.#tell = tell;
  }

  /** Reads what is new in the trail, up to what the feed knows of. Calls at the same time share one reading. */
  async read(): Promise<void> {
    while (this.#seq !== this.#feed.seq) {
      this.#reading ??= this.#readNow().finally(() => {
        this.#reading = undefined;
      });
      await this.#reading;
    }
  }

  /** Adds something that is in no trail: a runtime, or a person's notices. */
  add(signal: string): void {
    const [kind, personId = null] = signal.split(" ");
    if (kind !== "runtime" && kind !== "notice") return;
    const entry = { kind, id: null, revision: null, actorId: null, onlyFor: personId } as const;
    const entries = [{ ...entry, position: this.log.position, heardAt: performance.now() }];
    this.log.add(entries);
    this.#tell(entries);
  }

  async #readNow(): Promise<void> {
    const from = this.#seq;
    const to = this.#feed.seq;
    // Nothing was read yet, the database was restored to an earlier state, or it is too much to tell.
    const isTold = from !== null && from <= to && to - from <= MAX_READ;
    const entries = isTold ? await readEntries({ from, to }) : await readLatestEntries(to);
    if (!isTold) this.log.restart(entries.shift()?.position ?? FIRST_POSITION);
    this.log.add(entries);
    this.#seq = to;
    this.#tell(isTold ? entries : null);
  }
}
