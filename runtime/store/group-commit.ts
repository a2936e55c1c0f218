import type { DatabaseSync, StatementSync } from "node:sqlite";

type Piece = {
  work: () => unknown;
  /** What `work` returned. */
  result: unknown;
  isDurable: boolean;
  resolve: (result: never) => void;
  reject: (why: unknown) => void;
};

/**
 * Runs work that arrives together in one transaction with one flush to disk. This thread does not wait for
 * the flush: work that comes meanwhile is collected for the next one. Work that fails rejects for its own
 * caller only, and nothing of it is kept. Work may be called twice, the first time being rolled back.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #flush: () => Promise<void>;
  readonly #onRollback: () => void;
  readonly #begin: StatementSync;
  readonly #end: StatementSync;
  #waiting: Piece[] = [];
  #isBusy = false;
  #immediate: NodeJS.Immediate | undefined;
  #failed: { why: unknown } | null = null;

  /**
   * `flush` resolves once everything that was committed is on disk. `onRollback` is called when work was rolled
   * back, before any of it is tried again: what that work left in memory is no longer valid.
   */
  constructor(
    database: DatabaseSync,
    { flush, onRollback }: { flush: () => Promise<void>; onRollback: () => void },
  ) {
    this.#database = database;
    this.#flush = flush;
    this.#onRollback = onRollback;
    this.#begin = database.prepare("BEGIN IMMEDIATE");
    this.#end = database.prepare("COMMIT");
  }

  /** Resolves to what `work` returned, once that is on disk. */
  run<Result>(work: () => Result): Promise<Result> {
    return this.#add(work, { isDurable: true });
  }

  /** Resolves to what `work` returned, once committed: it outlives this process, but perhaps not a power cut. */
  runUnflushed<Result>(work: () => Result): Promise<Result> {
    return this.#add(work, { isDurable: false });
  }

  /** Commits waiting work. Call it when nobody waits for the disk any more. */
  close(): void {
    clearImmediate(this.#immediate);
    this.#isBusy = true;
    for (const piece of this.#commitWaiting()) resolve(piece);
  }

  #add<Result>(work: () => Result, { isDurable }: { isDurable: boolean }): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      if (this.#failed && isDurable) return reject(this.#failed.why);
      this.#waiting.push({ work, result: undefined, isDurable, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (!this.#isBusy) this.#immediate ??= setImmediate(() => this.#commit());
  }

  async #commit(): Promise<void> {
    clearImmediate(this.#immediate);
    this.#immediate = undefined;
    const durable: Piece[] = [];
    for (const piece of this.#commitWaiting()) {
      if (piece.isDurable) durable.push(piece);
      else resolve(piece);
    }
    if (durable.length === 0) return;
    this.#isBusy = true;
    try {
      await this.#flush();
      for (const piece of durable) resolve(piece);
    } catch (why) {
      // The kernel may drop what it could not write, so a later flush that succeeds proves nothing.
      this.#failed = { why };
      for (const piece of durable) piece.reject(why);
      for (const piece of this.#waiting) if (piece.isDurable) piece.reject(why);
      this.#waiting = this.#waiting.filter((piece) => !piece.isDurable);
    }
    this.#isBusy = false;
    if (this.#waiting.length > 0) this.#schedule();
  }

  /** Commits waiting work. Returns the pieces that succeeded; the others are rejected. */
  #commitWaiting(): readonly Piece[] {
    const pieces = this.#waiting;
    this.#waiting = [];
    const thrown = this.#tryTogether(pieces);
    if (!thrown) return pieces;
    // One of them may be at fault: run each by itself, so that the others succeed.
    return pieces.filter((piece) => {
      const own = pieces.length === 1 ? thrown : this.#tryTogether([piece]);
      if (own) piece.reject(own.why);
      return !own;
    });
  }

  #tryTogether(pieces: readonly Piece[]): { why: unknown } | null {
    if (pieces.length === 0) return null;
    try {
      this.#begin.run();
      for (const piece of pieces) piece.result = piece.work();
      this.#end.run();
      return null;
    } catch (why) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      this.#onRollback();
      return { why };
    }
  }
}

function resolve(piece: Piece): void {
  piece.resolve(piece.result as never);
}
