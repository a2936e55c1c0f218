import { closeSync, fdatasync, fsyncSync, openSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

const flush = promisify(fdatasync);

/**
 * Puts commits on disk that SQLite has written to its log but not flushed: synchronous NORMAL keeps the
 * file whole, and a flush of the log makes them durable (https://sqlite.org/wal.html#performance_considerations).
 * Unlike SQLite's own, this one leaves the thread free.
 */
export class WalFlush {
  readonly #descriptor: number;

  /** `file` is the database's; its log has to be there and stay, so a connection has to be open. */
  constructor(file: string) {
    this.#descriptor = openSync(`${file}-wal`, "r+");
    // The log's name is durable, too.
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
