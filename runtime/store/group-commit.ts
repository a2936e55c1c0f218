import type { DatabaseSync, StatementSync } from "node:sqlite";

type Piece = {
  work: () => unknown;
  resolve: (result: never) => void;
  reject: (why: unknown) => void;
};

/**
 * Carries what arrives together in one transaction, so that many callers share one flush to disk.
 * A caller's promise resolves once its work is durable. Work that fails is told to its caller alone, and
 * nothing of it is kept; it may be called twice, the first time in vain.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #begin: StatementSync;
  readonly #end: StatementSync;
  readonly #gatherMs: number;
  #waiting: Piece[] = [];
  #scheduled = false;

  /** `gatherMs`: how long work may wait for more; by default, for what this turn of the event loop brings. */
  constructor(database: DatabaseSync, { gatherMs = 0 }: { gatherMs?: number } = {}) {
    this.#database = database;
    this.#begin = database.prepare("BEGIN IMMEDIATE");
    this.#end = database.prepare("COMMIT");
    this.#gatherMs = gatherMs;
  }

  run<Result>(work: () => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      if (this.#gatherMs > 0) setTimeout(() => this.#commit(), this.#gatherMs);
      else setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    const pieces = this.#waiting;
    this.#waiting = [];
    this.#scheduled = false;
    const error = this.#tryTogether(pieces);
    if (error === null) return;
    // One of them may be to blame: each by itself, so that the others live.
    for (const piece of pieces) {
      const own = pieces.length === 1 ? error : this.#tryTogether([piece]);
      if (own !== null) piece.reject(own.thrown);
    }
  }

  #tryTogether(pieces: readonly Piece[]): { thrown: unknown } | null {
    try {
      this.#begin.run();
      const results = pieces.map(({ work }) => work());
      this.#end.run();
      for (const [index, { resolve }] of pieces.entries()) resolve(results[index] as never);
      return null;
    } catch (thrown) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      return { thrown };
    }
  }
}
