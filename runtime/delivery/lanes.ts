import type { LeftWebhook } from "../store/queue-reader.ts";
import type { PendingWebhook } from "../store/webhook-queue.ts";
import { Fifo } from "./fifo.ts";

/** How many bodies are at hand; those of a longer queue are read from disk when their turn comes. */
const MOST_AT_HAND = 4_000;

/** A webhook in its lanes. */
type Place = {
  seq: number;
  lanes: readonly string[];
  /** In so many lanes another one is right before it. */
  before: number;
  /** Those right behind it, once for each lane; null as long as there are none. */
  behind: Place[] | null;
};

/**
 * Who is next. A webhook stands in several lanes, one for each id of its customer, in the order in which
 * webhooks were decided, and may go once it is the first in all of them: so those of one customer keep
 * their order whichever of the ids each of them names. One that was taken stays first until it is settled.
 */
export class Lanes {
  readonly #find: (seq: number) => PendingWebhook | null;
  readonly #onReady: () => void;
  /** The last of each lane. */
  readonly #last = new Map<string, Place>();
  readonly #ready = new Fifo<Place>();
  readonly #taken = new Map<number, Place>();
  readonly #atHand = new Map<number, PendingWebhook>();

  /** `find` reads one from disk; `onReady` hears that a webhook's wait is over. */
  constructor(find: (seq: number) => PendingWebhook | null, onReady: () => void) {
    this.#find = find;
    this.#onReady = onReady;
  }

  add(webhook: PendingWebhook): void {
    if (this.#atHand.size < MOST_AT_HAND) this.#atHand.set(webhook.seq, webhook);
    const place = this.#enter(webhook);
    if (place.before === 0) this.#ready.push(place);
  }

  /** One that an earlier process left. Who was tried before waits, and who is behind waits for it. */
  addLeft(left: LeftWebhook, now: number): void {
    const place = this.#enter(left);
    if (place.before === 0) this.#wait(place, left.dueAt - now);
  }

  /** The webhook that is ready longest; null when none is. @throws Error and nothing is taken */
  take(): PendingWebhook | null {
    for (let place = this.#ready.first(); place; place = this.#ready.first()) {
      const { seq } = place;
      const webhook = this.#atHand.get(seq) ?? this.#find(seq);
      this.#ready.shift();
      this.#taken.set(seq, place);
      if (webhook) return webhook;
      this.settle({ seq });
    }
    return null;
  }

  /** Ends a webhook that is delivered or given up: those behind it may go. */
  settle({ seq }: { seq: number }): void {
    this.#atHand.delete(seq);
    const place = this.#taken.get(seq);
    if (!place) return;
    this.#taken.delete(seq);
    for (const lane of place.lanes) if (this.#last.get(lane) === place) this.#last.delete(lane);
    for (const next of place.behind ?? []) {
      next.before -= 1;
      if (next.before === 0) this.#ready.push(next);
    }
  }

  /** Puts a webhook back for so many milliseconds; those behind it wait for it. */
  postpone({ seq }: { seq: number }, milliseconds: number): void {
    // What is on disk about it has changed.
    this.#atHand.delete(seq);
    const place = this.#taken.get(seq);
    if (!place) return;
    this.#taken.delete(seq);
    this.#wait(place, milliseconds);
  }

  #enter({ seq, lanes }: { seq: number; lanes: string }): Place {
    const place: Place = { seq, lanes: lanes.split("\n"), before: 0, behind: null };
    for (const lane of place.lanes) {
      const last = this.#last.get(lane);
      this.#last.set(lane, place);
      if (!last || last === place) continue;
      last.behind ??= [];
      last.behind.push(place);
      place.before += 1;
    }
    return place;
  }

  #wait(place: Place, milliseconds: number): void {
    if (milliseconds <= 0) {
      this.#ready.push(place);
      return;
    }
    const timer = setTimeout(() => {
      this.#ready.push(place);
      this.#onReady();
    }, milliseconds);
    timer.unref();
  }
}
