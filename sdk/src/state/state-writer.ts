import { open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { pause } from "../feed/pause.ts";
import { describe, FlagClientError } from "../flag-client-error.ts";

/**
 * Writes the newest text to a file: never two writes at once, and skips a text if a newer one is there already.
 * Readers see the complete old or new file, whenever the process dies.
 */
export class StateWriter {
  readonly #file: string;
  readonly #intervalMs: number;
  readonly #onError: (error: FlagClientError) => void;
  readonly #closing = new AbortController();
  #next: (() => string) | null = null;
  #running: Promise<void> | null = null;

  constructor(options: {
    file: string;
    intervalMs: number;
    onError: (error: FlagClientError) => void;
  }) {
    this.#file = options.file;
    this.#intervalMs = options.intervalMs;
    this.#onError = options.onError;
  }

  /** Saves a text. Calls `encode` only when it is written, so that skipped texts cost nothing. */
  save(encode: () => string): void {
    this.#next = encode;
    this.#running ??= this.#run();
  }

  /** Resolves once the last text is on disk. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    for (let encode = this.#take(); encode; encode = this.#take()) {
      try {
        await writeAtomically(this.#file, encode());
      } catch (thrown) {
        const message = `The state file cannot be written: ${describe(thrown)}`;
        this.#onError(new FlagClientError("STATE_FILE", message, { cause: thrown }));
      }
      await pause(this.#intervalMs, this.#closing.signal);
    }
    this.#running = null;
  }

  #take(): (() => string) | null {
    const next = this.#next;
    this.#next = null;
    return next;
  }
}

/** Writes and syncs a temporary file, then renames it. */
async function writeAtomically(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, "w", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw thrown;
  }
  await syncFolder(path.dirname(file));
}

/** Syncs the folder, so that the rename survives a power cut; where that is not possible, only the newest state is lost. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
