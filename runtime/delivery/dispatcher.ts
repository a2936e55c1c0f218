import { setTimeout as sleep } from "node:timers/promises";
import type { QueueReader } from "../store/queue-reader.ts";
import type { AttemptEnd, PendingWebhook } from "../store/webhook-queue.ts";
import { Lanes } from "./lanes.ts";
import { retryDelayMs } from "./retry-delay.ts";
import { type Attempt, WebhookSender } from "./webhook-sender.ts";

/** Attempts at a receiver that has just failed this often in a row. */
const PROBES = 4;
const FAILURES_UNTIL_PROBING = 20;
/** The store may be full or locked: nothing is sent that could not be written down. */
const STORE_PAUSE_MS = 1_000;
/** What is under way at the end gets so long to be answered. */
const DRAIN_MS = 2_000;
/** Nobody waits for what is written down but the next webhook of the same customer. */
const GATHER_MS = 5;

type Parts = {
  queue: Pick<QueueReader, "find" | "listLeft">;
  /** Calls `onEnd` once, with what became of the attempt. */
  send: (webhook: PendingWebhook, onEnd: (attempt: Attempt) => void) => void;
  /** Resolves once it outlives this process. */
  writeDown: (ends: readonly AttemptEnd[]) => Promise<void>;
  giveUpAfterMs: number;
  /** The receiver stopped or began to take webhooks, or one was given up. */
  onTrouble: (trouble: Trouble) => void;
};

export type Trouble =
  | { kind: "failing"; why: string }
  | { kind: "recovered" }
  | { kind: "given_up"; attempts: number }
  | { kind: "store"; error: unknown };

type Ended = { webhook: PendingWebhook; end: AttemptEnd };

/**
 * Delivers webhooks at least once, those of one customer one after the other. What is to be delivered
 * is on disk before it comes here: after a crash the next process finds it there, with the same event ids.
 */
export class Dispatcher {
  readonly #parts: Parts;
  readonly #lanes: Lanes;
  #underWay = 0;
  /** Ends of attempts that are not written down yet. */
  #ended: Ended[] = [];
  readonly #writing = new Set<Promise<void>>();
  #onIdle = () => {};
  #failuresInARow = 0;
  #wakeScheduled = false;
  #isClosed = false;

  /** Takes up what an earlier process left. */
  constructor(parts: Parts) {
    this.#parts = parts;
    const { queue } = parts;
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

  /** A receiver that is away gets few attempts at once: each may take ten seconds. */
  #capacity(): number {
    return this.#failuresInARow >= FAILURES_UNTIL_PROBING ? PROBES : WebhookSender.capacity;
  }

  #end(webhook: PendingWebhook, attempt: Attempt): void {
    this.#underWay -= 1;
    // Cut by the end of this process is not the receiver's failure.
    if (attempt.isDelivered || !this.#isClosed) {
      this.#note(attempt);
      if (this.#ended.length === 0) setTimeout(() => this.#writeEnded(), GATHER_MS);
      this.#ended.push({ webhook, end: this.#toAttemptEnd(webhook, attempt) });
    }
    if (this.#underWay === 0) this.#onIdle();
    // At once: a connection that has its next request before it rests need not be looked at anew.
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

  /** The next of a lane goes once the end of the one before is written: a crash must not swap the two. */
  async #writeDown(ended: readonly Ended[]): Promise<void> {
    await this.#keepWriting(ended.map(({ end }) => end));
    for (const one of ended) this.#release(one);
    this.#wake();
  }

  /** While the disk is full, what was taken waits for its note, and does not go out again. */
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
