import { setTimeout as sleep } from "node:timers/promises";
import type { QueueReader } from "../store/queue-reader.ts";
import type { AttemptEnd, PendingWebhook } from "../store/webhook-queue.ts";
import { Lanes } from "./lanes.ts";
import { retryDelayMs } from "./retry-delay.ts";
import { type Attempt, WebhookSender } from "./webhook-sender.ts";

/** How many attempts may run at once after FAILURES_UNTIL_PROBING failures in a row. */
const PROBES = 4;
const FAILURES_UNTIL_PROBING = 20;
/** How long to wait when the store is full or locked: nothing is sent whose result could not be written. */
const STORE_PAUSE_MS = 1_000;
/** How long `close` waits for attempts under way. */
const DRAIN_MS = 2_000;
/** How long ends are collected for one write: only the next webhook of the same customer waits for it. */
const GATHER_MS = 5;

type Parts = {
  queue: Pick<QueueReader, "find" | "listLeft">;
  /** Calls `onEnd` once, with the attempt's result. */
  send: (webhook: PendingWebhook, onEnd: (attempt: Attempt) => void) => void;
  /** Resolves once the ends are kept even if this process is killed. */
  writeDown: (ends: readonly AttemptEnd[]) => Promise<void>;
  giveUpAfterMs: number;
  /** Called when the receiver stops or starts accepting webhooks, and when one is given up. */
  onTrouble: (trouble: Trouble) => void;
};

export type Trouble =
  | { kind: "failing"; why: string }
  | { kind: "recovered" }
  | { kind: "given_up"; attempts: number }
  | { kind: "store"; error: unknown };

type Ended = { webhook: PendingWebhook; end: AttemptEnd };

/**
 * Delivers webhooks at least once, those of one customer one after the other. They are on disk before they
 * come here: after a crash the next process finds them there, with the same event ids.
 */
export class Dispatcher {
  readonly #parts: Parts;
  readonly #lanes: Lanes;
  #underWay = 0;
  /** Ends of attempts that are not written yet. */
  #ended: Ended[] = [];
  readonly #writing = new Set<Promise<void>>();
  #onIdle = () => {};
  #failuresInARow = 0;
  #wakeScheduled = false;
  #isClosed = false;

  /** Queues the webhooks that an earlier process left. */
  constructor(parts: Parts) {
    this.#parts = parts;
    const { queue } = parts;
    this.#lanes = new Lanes(queue.find.bind(queue), () => this.#wake());
    const now = Date.now();
    for (const left of queue.listLeft()) this.#lanes.addLeft(left, now);
    this.#wake();
  }

  /** Queues webhooks that are on disk, in the order they were decided in. */
  deliver(webhooks: readonly PendingWebhook[]): void {
    for (const webhook of webhooks) this.#lanes.add(webhook);
    this.#wake();
  }

  /** Starts no more attempts, and waits briefly for those under way. The rest is delivered after the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const answered = new Promise<void>((resolve) => {
      this.#onIdle = resolve;
      if (this.#underWay === 0) resolve();
    });
    await Promise.race([sleep(DRAIN_MS, undefined, { ref: false }), answered]);
    this.#writeEnded();
    await Promise.all(this.#writing);
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
    for (let next = this.#takeReady(); next; next = this.#takeReady()) {
      const webhook = next;
      this.#underWay += 1;
      this.#parts.send(webhook, (attempt) => this.#end(webhook, attempt));
    }
  }

  #takeReady(): PendingWebhook | null {
    if (this.#isClosed || this.#underWay >= this.#capacity()) return null;
    try {
      return this.#lanes.take();
    } catch (error) {
      this.#parts.onTrouble({ kind: "store", error });
      setTimeout(() => this.#wake(), STORE_PAUSE_MS).unref();
      return null;
    }
  }

  /** How many attempts may run at once. Few if the receiver is down, since each may take ten seconds. */
  #capacity(): number {
    return this.#failuresInARow >= FAILURES_UNTIL_PROBING ? PROBES : WebhookSender.capacity;
  }

  #end(webhook: PendingWebhook, attempt: Attempt): void {
    this.#underWay -= 1;
    // An attempt that is cut by the end of this process is not the receiver's failure.
    if (attempt.isDelivered || !this.#isClosed) {
      this.#trackReceiver(attempt);
      if (this.#ended.length === 0) setTimeout(() => this.#writeEnded(), GATHER_MS);
      this.#ended.push({ webhook, end: this.#toAttemptEnd(webhook, attempt) });
    }
    if (this.#underWay === 0) this.#onIdle();
    // At once: a connection that gets its next request before it is idle saves some work.
    if (attempt.isDelivered) this.#startReady();
    else this.#wake();
  }

  #toAttemptEnd(
    { seq, attempts, decidedAt }: PendingWebhook,
    { isDelivered }: Attempt,
  ): AttemptEnd {
    const about = { seq, attempts: attempts + 1 };
    if (isDelivered) return { ...about, status: "delivered" };
    const now = Date.now();
    if (now - decidedAt >= this.#parts.giveUpAfterMs) return { ...about, status: "failed" };
    return { ...about, status: "pending", dueAt: now + retryDelayMs(about.attempts) };
  }

  #writeEnded(): void {
    if (this.#ended.length === 0) return;
    const written = this.#writeDown(this.#ended);
    this.#ended = [];
    this.#writing.add(written);
    void written.then(() => this.#writing.delete(written));
  }

  /** Writes ends, then releases their lanes: if the next webhook went out before, a crash could swap the two. */
  async #writeDown(ended: readonly Ended[]): Promise<void> {
    await this.#keepWriting(ended.map(({ end }) => end));
    for (const one of ended) this.#release(one);
    this.#wake();
  }

  /** Repeats the write while the disk is full: accepted webhooks wait for it, and are not sent again. */
  async #keepWriting(ends: readonly AttemptEnd[]): Promise<void> {
    let isTold = false;
    do {
      try {
        return await this.#parts.writeDown(ends);
      } catch (error) {
        if (!isTold) this.#parts.onTrouble({ kind: "store", error });
        isTold = true;
        await sleep(STORE_PAUSE_MS, undefined, { ref: false });
      }
    } while (!this.#isClosed);
  }

  #release({ webhook, end }: Ended): void {
    if (end.status === "pending") {
      this.#lanes.postpone(webhook, end.dueAt - Date.now());
      return;
    }
    this.#lanes.settle(webhook);
    const { attempts } = end;
    if (end.status === "failed") this.#parts.onTrouble({ kind: "given_up", attempts });
  }

  #trackReceiver(attempt: Attempt): void {
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
