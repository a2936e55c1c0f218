import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../store/store.ts";
import type { DueWebhook } from "../store/webhook-queue.ts";
import { backoffMs } from "./backoff.ts";
import { type Attempt, WebhookSender } from "./webhook-sender.ts";

/** Attempts at a receiver that has just failed this often in a row. */
const PROBES = 4;
const FAILURES_UNTIL_PROBING = 20;
/** Due webhooks are read in one go once so many can be taken. */
const WORTH_READING = WebhookSender.capacity / 4;

/** The store may be full or locked: nothing is sent that could not be written down. */
const STORE_PAUSE_MS = 1_000;
/** What is under way at the end gets so long to be answered. */
const DRAIN_MS = 2_000;

type Parts = {
  store: Pick<Store, "queue" | "note">;
  send: (webhook: DueWebhook) => Promise<Attempt>;
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
 * Delivers webhooks at least once, those of one customer one after the other. All it knows is in the
 * queue: after a crash it goes on where the queue stands, with the same event ids.
 */
export class Dispatcher {
  readonly #parts: Parts;
  /** Lanes with an attempt under way, or one whose end is not written down yet. */
  readonly #busy = new Map<string, Promise<void>>();
  #underWay = 0;
  #failuresInARow = 0;
  #timer: NodeJS.Timeout | undefined;
  #wakeScheduled = false;
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Something may be due. Cheap to call often. */
  wake(): void {
    if (this.#wakeScheduled || this.#isClosed) return;
    this.#wakeScheduled = true;
    setImmediate(() => {
      this.#wakeScheduled = false;
      this.#startDue();
    });
  }

  /** Starts no more attempts, and waits a moment for those under way. The rest goes out after the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const patience = sleep(DRAIN_MS, undefined, { ref: false });
    await Promise.race([patience, Promise.all(this.#busy.values())]);
  }

  #startDue(): void {
    if (this.#isClosed) return;
    const free = this.#capacity() - this.#underWay;
    if (free <= 0 || (free < WORTH_READING && this.#underWay >= WORTH_READING)) return;
    try {
      const now = Date.now();
      for (const webhook of this.#listIdle(now, free)) this.#start(webhook);
      this.#wakeAt(this.#parts.store.queue.nextDueAt(now), now);
    } catch (error) {
      this.#parts.onTrouble({ kind: "store", error });
      this.#wakeAt(STORE_PAUSE_MS, 0);
    }
  }

  /** Busy lanes are due, too, as the queue sees it. */
  #listIdle(now: number, limit: number): DueWebhook[] {
    const due = this.#parts.store.queue.listDue(now, limit + this.#busy.size);
    return due.filter(({ lane }) => !this.#busy.has(lane)).slice(0, limit);
  }

  #start(webhook: DueWebhook): void {
    const attempt = this.#attempt(webhook).finally(() => {
      this.#busy.delete(webhook.lane);
      this.wake();
    });
    this.#busy.set(webhook.lane, attempt);
  }

  /** A receiver that is away gets few attempts at once: each may take ten seconds. */
  #capacity(): number {
    return this.#failuresInARow >= FAILURES_UNTIL_PROBING ? PROBES : WebhookSender.capacity;
  }

  #wakeAt(dueAt: number | null, now: number): void {
    clearTimeout(this.#timer);
    if (dueAt !== null) this.#timer = setTimeout(() => this.wake(), Math.max(1, dueAt - now));
  }

  async #attempt(webhook: DueWebhook): Promise<void> {
    const { store, send, onTrouble } = this.#parts;
    const { queue } = store;
    this.#underWay += 1;
    const attempt = await send(webhook);
    this.#underWay -= 1;
    this.wake();
    // Cut by the end of this process: not the receiver's failure.
    if (this.#isClosed && !attempt.isDelivered) return;
    this.#note(attempt);
    const now = Date.now();
    const hasHope = now - webhook.decidedAt < this.#parts.giveUpAfterMs;
    const attempts = webhook.attempts + 1;
    try {
      await store.note(() => {
        if (attempt.isDelivered) queue.settle(webhook, "delivered", now);
        else if (hasHope) queue.postpone(webhook, now + backoffMs(attempts));
        else queue.settle(webhook, "failed", now);
      });
      if (!attempt.isDelivered && !hasHope) onTrouble({ kind: "given_up", attempts });
    } catch (error) {
      onTrouble({ kind: "store", error });
      // Not written down, so it goes out again; not at once, or the receiver would get it without end.
      await sleep(STORE_PAUSE_MS);
    }
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
