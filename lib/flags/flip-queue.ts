import { setImmediate as nextTurn } from "node:timers/promises";
import pg from "pg";
import { isUnavailable } from "../db/is-unavailable.ts";
import { applyFlips, type FlipRequest } from "./apply-flips.ts";

/** The most numbers in a group; a request that names more forms one by itself. */
const MAX_NUMBERS = 500;
/** After this the next group is sent without waiting for the last one; they take turns at the ledger's lock. */
const GROUP_TIMEOUT_MS = 500;

type Waiting<Result> = FlipRequest<Result> & {
  resolve: (result: Result) => void;
  reject: (reason: unknown) => void;
};

/**
 * Collects flips that arrive while others are being written, and applies them together in the next
 * transaction. A single flip is applied at once. See docs/decisions/0015-flips-share-a-transaction.md.
 */
export class FlipQueue<Result> {
  #waiting: Waiting<Result>[] = [];
  #isSending = false;

  /** @throws the request's refusal, or the error that failed its transaction */
  async apply(request: FlipRequest<Result>): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    this.#waiting.push({ ...request, resolve, reject });
    if (!this.#isSending) void this.#send();
    return await promise;
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    while (this.#waiting.length > 0) {
      // Lets callers who just got their result add their next request to this group.
      await nextTurn();
      const group = this.#takeGroup();
      const { promise: timeout, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, GROUP_TIMEOUT_MS);
      await Promise.race([settle(group), timeout]);
      clearTimeout(timer);
    }
    this.#isSending = false;
  }

  /** Takes the first waiting request and all that fit in with it; one number may be in a group only once. */
  #takeGroup(): Waiting<Result>[] {
    const named = new Set<string>();
    const group: Waiting<Result>[] = [];
    const left: Waiting<Result>[] = [];
    for (const one of this.#waiting) {
      const ids = one.phoneNumberIds;
      const fits = named.size + ids.length <= MAX_NUMBERS && !ids.some((id) => named.has(id));
      const isTaken = group.length === 0 || fits;
      (isTaken ? group : left).push(one);
      if (isTaken) for (const id of ids) named.add(id);
    }
    this.#waiting = left;
    return group;
  }
}

/**
 * Applies a group and settles its requests; never rejects. If PostgreSQL refused the transaction, each
 * request is tried again alone, so that none fails for another's fault. If PostgreSQL is unreachable
 * or busy, or did not confirm a commit, all are rejected.
 */
async function settle<Result>(group: readonly Waiting<Result>[]): Promise<void> {
  try {
    const results = await applyFlips(group);
    for (const [index, result] of results.entries()) {
      if (result.status === "fulfilled") group[index]?.resolve(result.value);
      else group[index]?.reject(result.reason);
    }
  } catch (error) {
    const isRefused = error instanceof pg.DatabaseError && !isUnavailable(error);
    if (isRefused && group.length > 1) for (const one of group) await settle([one]);
    else for (const { reject } of group) reject(error);
  }
}
