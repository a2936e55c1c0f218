import type { LeftWebhook } from "../store/queue-reader.ts";
import type { PendingWebhook } from "../store/webhook-queue.ts";
import { Fifo } from "./fifo.ts";

/** So many bodies are at hand; those of a longer queue are read from disk when their turn comes. */
const MOST_AT_HAND = 4_000;

type Lane = { name: string; waiting: Fifo<number> };

/**
 * Who is next: one lane for each number and customer, and in it the webhooks' places (`seq`) in the
 * order they were decided in. A lane that was taken is nobody else's until it is given back.
 */
export class Lanes {
  readonly #find: (seq: number) => PendingWebhook | null;
  readonly #onReady: () => void;
  readonly #lanes = new Map<string, Lane>();
  readonly #ready = new Fifo<Lane>();
  readonly #atHand = new Map<number, PendingWebhook>();

  /** `find` reads one from disk; `onReady` hears that a lane's wait is over. */
  constructor(find: (seq: number) => PendingWebhook | null, onReady: () => void) {
    this.#find = find;
    this.#onReady = onReady;
  }

  add(webhook: PendingWebhook): void {
    if (this.#atHand.size < MOST_AT_HAND) this.#atHand.set(webhook.seq, webhook);
    const lane = this.#lanes.get(webhook.lane);
    if (lane) lane.waiting.push(webhook.seq);
    else this.#ready.push(this.#open(webhook));
  }

  /** One that an earlier process left. A lane waits for its first. */
  addLeft(left: LeftWebhook, now: number): void {
    const lane = this.#lanes.get(left.lane);
    if (lane) lane.waiting.push(left.seq);
    else this.#wait(this.#open(left), left.dueAt - now);
  }

  /** The first webhook of the lane that is ready longest; null when none is. @throws Error and nothing is taken */
  take(): PendingWebhook | null {
    for (let lane = this.#ready.first(); lane; lane = this.#ready.first()) {
      const seq = lane.waiting.first() ?? 0;
      const webhook = this.#atHand.get(seq) ?? this.#find(seq);
      this.#ready.shift();
      if (webhook) return webhook;
      this.settle({ seq, lane: lane.name });
    }
    return null;
  }

  /** It is delivered or given up: the next of its lane may go. */
  settle({ lane: name, seq }: { lane: string; seq: number }): void {
    this.#atHand.delete(seq);
    const lane = this.#lanes.get(name);
    if (!lane) return;
    lane.waiting.shift();
    if (lane.waiting.size > 0) this.#ready.push(lane);
    else this.#lanes.delete(name);
  }

  /** It goes again after so many milliseconds, and its lane waits for it. */
  postpone({ lane: name, seq }: PendingWebhook, milliseconds: number): void {
    // What is on disk about it has changed.
    this.#atHand.delete(seq);
    const lane = this.#lanes.get(name);
    if (lane) this.#wait(lane, milliseconds);
  }

  #open({ lane: name, seq }: { lane: string; seq: number }): Lane {
    const lane = { name, waiting: new Fifo<number>() };
    lane.waiting.push(seq);
    this.#lanes.set(name, lane);
    return lane;
  }

  #wait(lane: Lane, milliseconds: number): void {
    if (milliseconds <= 0) {
      this.#ready.push(lane);
      return;
    }
    const timer = setTimeout(() => {
      this.#ready.push(lane);
      this.#onReady();
    }, milliseconds);
    timer.unref();
  }
}
