import { createHash } from "node:crypto";
import { AppError } from "../errors.ts";
import { logger } from "../logger.ts";
import { processSlot } from "../process-slot.ts";
import {
  REFUSAL_WINDOW_MS,
  recordRefusal,
  recordRefusalAfterAccessEnded,
  recordRepeats,
} from "./record-refusal.ts";
import { isAnonymous, type Refusal } from "./refusal.ts";

/** How many different anonymous refusals one instance records in ten minutes. */
const MAX_ANONYMOUS = 30;
/** Bounds the memory for open windows, far above what people cause. */
const MAX_OPEN = 5_000;

type Window = { refusal: Refusal; repeats: number; timer: NodeJS.Timeout };

/**
 * Writes refusals into the trail: the first of each kind at once, its repeats as one count after
 * ten minutes. It does so after the response, so that the response time reveals nothing, and one
 * by one, so that a flood never holds the ledger.
 */
export class RefusalLog {
  readonly #windows = new Map<string, Window>();
  #work: Promise<void> = Promise.resolve();
  #anonymousCount = 0;

  /** Returns at once; the refusal is written in the background. */
  record(given: Refusal): void {
    const refusal = withoutAnswer(this.#isFull(given) ? toOneOfMany(given) : given);
    const key = toKey(refusal);
    const open = this.#windows.get(key);
    if (open) {
      open.repeats += 1;
      return;
    }
    const timer = setTimeout(() => this.#close(key), REFUSAL_WINDOW_MS).unref();
    this.#windows.set(key, { refusal, repeats: 0, timer });
    if (isAnonymous(refusal.actor)) this.#anonymousCount += 1;
    this.#enqueue(() =>
      recordRefusal(key, refusal).catch((error: unknown) => {
        if (!(error instanceof AppError && error.code === "UNAUTHENTICATED")) throw error;
        return recordRefusalAfterAccessEnded(key, refusal);
      }),
    );
  }

  /** Closes every window now; resolves when all refusals and counts are in the trail. */
  async flush(): Promise<void> {
    for (const key of [...this.#windows.keys()]) this.#close(key);
    await this.#work;
  }

  /** Resolves when each first refusal is in the trail; windows stay open. */
  async settled(): Promise<void> {
    await this.#work;
  }

  #isFull({ actor }: Refusal): boolean {
    return isAnonymous(actor)
      ? this.#anonymousCount >= MAX_ANONYMOUS
      : this.#windows.size >= MAX_OPEN;
  }

  #close(key: string): void {
    const window = this.#windows.get(key);
    if (!window) return;
    const { refusal, repeats, timer } = window;
    clearTimeout(timer);
    this.#windows.delete(key);
    if (isAnonymous(refusal.actor)) this.#anonymousCount -= 1;
    if (repeats > 0) this.#enqueue(() => recordRepeats(refusal, repeats));
  }

  #enqueue(record: () => Promise<void>): void {
    this.#work = this.#work.then(record).catch((error: unknown) => {
      const cause = error instanceof Error ? error.message : String(error);
      logger().warn({ cause }, "A refusal could not be recorded.");
    });
  }
}

function toKey({ actor, action, outcome, target, details }: Refusal): string {
  const who = [actor.type, actor.id, action, outcome, target.type, target.id, details];
  return createHash("sha256").update(JSON.stringify(who)).digest("hex");
}

/** The transaction that records a refusal is not the one of the change whose answer is kept. */
function withoutAnswer(refusal: Refusal): Refusal {
  const { actor } = refusal;
  return { ...refusal, actor: { ...actor, origin: { ...actor.origin, answerKeeper: undefined } } };
}

/** One refusal that stands for a flood of different ones. */
function toOneOfMany({ actor, action, outcome }: Refusal): Refusal {
  const target = { type: "session", id: "many", display: "Many at once" } as const;
  return { actor, action, outcome, target, details: { why: "many" } };
}

const slot = processSlot<RefusalLog>("refusals");

/** The process's one log of refusals. */
export function refusals(): RefusalLog {
  slot.value ??= new RefusalLog();
  return slot.value;
}
