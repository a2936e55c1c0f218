import type { LeftWebhook } from "../store/queue-reader.ts";
import type { PendingWebhook } from "../store/webhook-queue.ts";
import { Fifo } from "./fifo.ts";

/** How many bodies are kept in memory; those of a longer queue are read from disk when their turn comes. */
const MAX_IN_MEMORY = 4_000;

/** A webhook in its lanes. */
type Entry = {
  seq: number;
  lanes: readonly string[];
  /** In how many lanes another webhook is right before it. */
  before: number;
  /** The webhooks right behind it, once for each lane; null while there are none. */
  behind: Entry[] | null;
};

/**
 * Decides which webhook is next. Each is in several lanes, one for each id of its customer, in the order in
 * which webhooks were decided, and is ready once it is first in all of them: so a customer's webhooks keep
 * their order whichever ids they name. One that was taken stays first until it is settled.
 */
export class Lanes {
  readonly #find: (seq: number) => PendingWebhook | null;
  readonly #onReady: () => void;
  /** The last of each lane. */
  readonly #last = new Map<string, Entry>();
  readonly #ready = new Fifo<Entry>();
  readonly #taken = new Map<number, Entry>();
  readonly #inMemory = new Map<number, PendingWebhook>();

  /** `find` reads a webhook from disk; `onReady` is called when a webhook's wait is over. */
  constructor(find: (seq: number) => PendingWebhook | null, onReady: () => void) {
    this.#find = find;
    this.#onReady = onReady;
  }

  add(webhook: PendingWebhook): void {
    if (this.#inMemory.size < MAX_IN_MEMORY) this.#inMemory.set(webhook.seq, webhook);
    const entry = this.#enter(webhook);
    if (entry.before === 0) this.#ready.push(entry);
  }

  /** Adds a webhook that an earlier process left. One that was tried before waits, and those behind wait for it. */
  addLeft(left: LeftWebhook, now: number): void {
    const entry = this.#enter(left);
    if (entry.before === 0) this.#wait(entry, left.dueAt - now);
  }

  /** Takes the webhook that has been ready longest; null when none is. @throws Error and takes nothing */
  take(): PendingWebhook | null {
    for (let entry = this.#ready.first(); entry; entry = this.#ready.first()) {
      const { seq } = entry;
      const webhook = this.#inMemory.get(seq) ?? this.#find(seq);
      this.#ready.shift();
      this.#taken.set(seq, entry);
      if (webhook) return webhook;
      this.settle({ seq });
    }
    return null;
  }

  /** Removes a webhook that was delivered or given up, so that those behind it may go. */
  settle({ seq }: { seq: number }): void {
    this.#inMemory.delete(seq);
    const entry = this.#taken.get(seq);
    if (!entry) return;
    this.#taken.delete(seq);
    for (const lane of entry.lanes) if (this.#last.get(lane) === entry) this.#last.delete(lane);
    for (const next of entry.behind ?? []) {
      next.before -= 1;
      if (next.before === 0) this.#ready.push(next);
    }
  }

  /** Makes a webhook ready again after this many milliseconds; those behind it wait for it. */
  postpone({ seq }: { seq: number }, milliseconds: number): void {
    // Its row on disk has changed.
    this.#inMemory.delete(seq);
    const entry = this.#taken.get(seq);
    if (!entry) return;
    this.#taken.delete(seq);
    this.#wait(entry, milliseconds);
  }

  #enter({ seq, lanes }: { seq: number; lanes: string }): Entry {
    const entry: Entry = { seq, lanes: lanes.split("\n"), before: 0, behind: null };
    for (const lane of entry.lanes) {
      const last = this.#last.get(lane);
      this.#last.set(lane, entry);
      if (!last || last === entry) continue;
      last.behind ??= [];
      last.behind.push(entry);
      entry.before += 1;
    }
    return entry;
  }

  #wait(entry: Entry, milliseconds: number): void {
    if (milliseconds <= 0) {
      this.#ready.push(entry);
      return;
    }
    const timer = setTimeout(() => {
      this.#ready.push(entry);
      this.#onReady();
    }, milliseconds);
    timer.unref();
  }
}
