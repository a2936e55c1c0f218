import type { DatabaseSync, StatementSync } from "node:sqlite";

/** How far the roster was read; null before the first time. Stored in the same transaction as the numbers. */
export class RosterCursor {
  readonly #read: StatementSync;
  readonly #keep: StatementSync;

  constructor(database: DatabaseSync) {
    this.#read = database.prepare("SELECT cursor FROM roster");
    this.#keep = database.prepare("INSERT OR REPLACE INTO roster VALUES (1, ?)");
  }

  read(): string | null {
    const row = this.#read.get() as { cursor: string } | undefined;
    return row?.cursor ?? null;
  }

  keep(cursor: string): void {
    this.#keep.run(cursor);
  }
}
