import type { DatabaseSync } from "node:sqlite";

type Piece = {
  work: () => unknown;
  resolve: (result: never) => void;
  reject: (why: unknown) => void;
};

/**
 * Carries what arrives together in one transaction, so that many callers share one flush to disk.
 * A caller's promise resolves once its work is durable; when the transaction fails, all of its callers
 * are told, and none of their work is kept.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  #waiting: Piece[] = [];
  #scheduled = false;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  run<Result>(work: () => Result): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      // After all that this turn of the event loop has read from its sockets.
      setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    const pieces = this.#waiting;
    this.#waiting = [];
    this.#scheduled = false;
    try {
      this.#database.exec("BEGIN IMMEDIATE");
      const results = pieces.map(({ work }) => work());
      this.#database.exec("COMMIT");
      for (const [index, { resolve }] of pieces.entries()) resolve(results[index] as never);
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      for (const { reject } of pieces) reject(error);
    }
  }
}
