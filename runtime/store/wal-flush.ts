import { closeSync, fdatasync, fsyncSync, openSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

const flush = promisify(fdatasync);

/**
 * Flushes commits that SQLite has written to its log: synchronous NORMAL keeps the file consistent, and a flush
 * of the log makes commits durable (https://sqlite.org/wal.html#performance_considerations). Unlike SQLite's
 * own flush, this one does not block the thread.
 */
export class WalFlush {
  readonly #descriptor: number;

  /** `file` is the database's; its log has to exist and stay, so a connection has to be open. */
  constructor(file: string) {
    this.#descriptor = openSync(`${file}-wal`, "r+");
    // Makes the log's file name durable, too.
    const folder = openSync(path.dirname(file), "r");
    fsyncSync(folder);
    closeSync(folder);
  }

  flush(): Promise<void> {
    return flush(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
