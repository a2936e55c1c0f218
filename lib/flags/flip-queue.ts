import { setImmediate as nextTurn } from "node:timers/promises";
import pg from "pg";
import { isUnavailable } from "../db/is-unavailable.ts";
import { applyFlips, type FlipRequest } from "./apply-flips.ts";

/** Numbers in one group; a request that names more goes by itself. */
const MOST_NUMBERS = 500;
/** A group that is not back by then holds up nobody else: the ledger's lock decides whose turn it is. */
const PATIENCE_MS = 500;

type Waiting<Result> = FlipRequest<Result> & {
  resolve: (result: Result) => void;
  reject: (reason: unknown) => void;
};

/**
 * Applies flips that come while others are being written together, in the next transaction.
 * Whoever comes alone goes at once. See docs/decisions/0015-flips-share-a-transaction.md.
 */
export class FlipQueue<Result> {
  #waiting: Waiting<Result>[] = [];
  #isSending = false;

  /** @throws what refused the request, or what failed its transaction */
  async apply(request: FlipRequest<Result>): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    this.#waiting.push({ ...request, resolve, reject });
    if (!this.#isSending) void this.#send();
    return await promise;
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    while (this.#waiting.length > 0) {
      // Whoever was answered a moment ago and has more to do comes along.
      await nextTurn();
      const group = this.#takeGroup();
      const { promise: patience, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, PATIENCE_MS);
      await Promise.race([settle(group), patience]);
      clearTimeout(timer);
    }
    this.#isSending = false;
  }

  /** The first that waits, and whoever else fits; those who name a number of theirs stay for the next. */
  #takeGroup(): Waiting<Result>[] {
    const named = new Set<string>();
    const group: Waiting<Result>[] = [];
    const left: Waiting<Result>[] = [];
    for (const one of this.#waiting) {
      const ids = one.phoneNumberIds;
      const fits = named.size + ids.length <= MOST_NUMBERS && !ids.some((id) => named.has(id));
      const isTaken = group.length === 0 || fits;
      (isTaken ? group : left).push(one);
      if (isTaken) for (const id of ids) named.add(id);
    }
    this.#waiting = left;
    return group;
  }
}

/**
 * Never rejects. Where PostgreSQL refused the transaction, each goes again alone, so that
 * no request fails for another's fault. Where it is out of reach or busy, and after a commit
 * whose answer is missing, all are told so.
 */
async function settle<Result>(group: readonly Waiting<Result>[]): Promise<void> {
  try {
    const results = await applyFlips(group);
    for (const [place, result] of results.entries()) {
      if (result.status === "fulfilled") group[place]?.resolve(result.value);
      else group[place]?.reject(result.reason);
    }
  } catch (error) {
    const isRefused = error instanceof pg.DatabaseError && !isUnavailable(error);
    if (isRefused && group.length > 1) for (const one of group) await settle([one]);
    else for (const { reject } of group) reject(error);
  }
}
