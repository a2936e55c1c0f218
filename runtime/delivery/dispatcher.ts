import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../store/store.ts";
import type { PendingWebhook } from "../store/webhook-queue.ts";
import { backoffMs } from "./backoff.ts";
import { Lanes } from "./lanes.ts";
import { type Attempt, WebhookSender } from "./webhook-sender.ts";

/** Attempts at a receiver that has just failed this often in a row. */
const PROBES = 4;
const FAILURES_UNTIL_PROBING = 20;
/** The store may be full or locked: nothing is sent that could not be written down. */
const STORE_PAUSE_MS = 1_000;
/** What is under way at the end gets so long to be answered. */
const DRAIN_MS = 2_000;

type Parts = {
  store: Pick<Store, "queue" | "note">;
  send: (webhook: PendingWebhook) => Promise<Attempt>;
  giveUpAfterMs: number;
  /** The receiver stopped or began to take webhooks, or one was given up. */
  onTrouble: (trouble: Trouble) => void;
};

export type Trouble =
  | { kind: "failing"; why: string }
  | { kind: "recovered" }
  | { kind: "given_up"; attempts: number }
  | { kind: "store"; error: unknown };

/**
 * Delivers webhooks at least once, those of one customer one after the other. What is to be delivered
 * is on disk before it comes here: after a crash the next process finds it there, with the same event ids.
 */
export class Dispatcher {
  readonly #parts: Parts;
  readonly #lanes: Lanes;
  /** Attempts under way, or whose end is not written down yet. */
  readonly #busy = new Set<Promise<void>>();
  #underWay = 0;
  #failuresInARow = 0;
  #wakeScheduled = false;
  #isClosed = false;

  /** Takes up what an earlier process left. */
  constructor(parts: Parts) {
    this.#parts = parts;
    const { queue } = parts.store;
    this.#lanes = new Lanes(queue.find.bind(queue), () => this.#wake());
    const now = Date.now();
    for (const left of queue.listLeft()) this.#lanes.addLeft(left, now);
    this.#wake();
  }

  /** Webhooks that are on disk, in the order they were decided in. */
  deliver(webhooks: readonly PendingWebhook[]): void {
    for (const webhook of webhooks) this.#lanes.add(webhook);
    this.#wake();
  }

  /** Starts no more attempts, and waits a moment for those under way. The rest goes out after the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const patience = sleep(DRAIN_MS, undefined, { ref: false });
    await Promise.race([patience, Promise.all(this.#busy)]);
  }

  #wake(): void {
    if (this.#wakeScheduled || this.#isClosed) return;
    this.#wakeScheduled = true;
    setImmediate(() => {
      this.#wakeScheduled = false;
      this.#startReady();
    });
  }

  #startReady(): void {
    try {
      while (!this.#isClosed && this.#underWay < this.#capacity()) {
        const webhook = this.#lanes.take();
        if (!webhook) return;
        this.#start(webhook);
      }
    } catch (error) {
      this.#parts.onTrouble({ kind: "store", error });
      setTimeout(() => this.#wake(), STORE_PAUSE_MS).unref();
    }
  }

  #start(webhook: PendingWebhook): void {
    const attempt = this.#attempt(webhook);
    this.#busy.add(attempt);
    void attempt.then(() => this.#busy.delete(attempt));
  }

  /** A receiver that is away gets few attempts at once: each may take ten seconds. */
  #capacity(): number {
    return this.#failuresInARow >= FAILURES_UNTIL_PROBING ? PROBES : WebhookSender.capacity;
  }

  async #attempt(webhook: PendingWebhook): Promise<void> {
    this.#underWay += 1;
    const attempt = await this.#parts.send(webhook);
    this.#underWay -= 1;
    this.#wake();
    // Cut by the end of this process: not the receiver's failure.
    if (this.#isClosed && !attempt.isDelivered) return;
    this.#note(attempt);
    try {
      await this.#writeDown(webhook, attempt);
    } catch (error) {
      this.#parts.onTrouble({ kind: "store", error });
      // Not written down, so it goes out again; not at once, or the receiver would get it without end.
      this.#lanes.postpone(webhook, STORE_PAUSE_MS);
    }
    this.#wake();
  }

  /** The next of the lane goes once the end of this one is written: a crash must not swap the two. */
  async #writeDown(webhook: PendingWebhook, { isDelivered }: Attempt): Promise<void> {
    const { store, giveUpAfterMs, onTrouble } = this.#parts;
    const now = Date.now();
    const attempts = webhook.attempts + 1;
    if (!isDelivered && now - webhook.decidedAt < giveUpAfterMs) {
      const waitMs = backoffMs(attempts);
      await store.note(() => store.queue.postpone(webhook, now + waitMs));
      this.#lanes.postpone(webhook, waitMs);
      return;
    }
    await store.note(() => store.queue.settle(webhook, isDelivered ? "delivered" : "failed"));
    this.#lanes.settle(webhook);
    if (!isDelivered) onTrouble({ kind: "given_up", attempts });
  }

  #note(attempt: Attempt): void {
    const wasFailing = this.#failuresInARow > 0;
    if (attempt.isDelivered) {
      this.#failuresInARow = 0;
      if (wasFailing) this.#parts.onTrouble({ kind: "recovered" });
      return;
    }
    this.#failuresInARow += 1;
    if (!wasFailing) this.#parts.onTrouble({ kind: "failing", why: attempt.why });
  }
}
