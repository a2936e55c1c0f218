import { constants } from "node:os";

const PATIENCE_MS = 20_000;

/**
 * Collects what has to be stopped, last started first stopped, and stops it once: on a signal, or when
 * asked. Ctrl-C in a terminal arrives several times (from the terminal, npm and the launcher).
 */
export class Shutdown {
  readonly #abort = new AbortController();
  readonly #stops: (() => Promise<void> | void)[] = [];
  #isServing = false;
  #stopping: Promise<void> | undefined;

  /** Aborted as soon as a signal arrives. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  listen(): void {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(name, () => {
        if (this.#abort.signal.aborted) return;
        this.#abort.abort();
        const code = this.#isServing ? 0 : 128 + constants.signals[name];
        if (this.#isServing) process.stdout.write("\n  Stopping …\n");
        void this.exit(code);
      });
    }
  }

  add(stop: () => Promise<void> | void): void {
    this.#stops.push(stop);
  }

  /** From here on a signal is the usual end, not an interruption. */
  markServing(): void {
    this.#isServing = true;
  }

  /** Stops everything, once. */
  async stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    await this.#stopping;
  }

  /** Stops everything, then ends the process. */
  async exit(code: number): Promise<void> {
    setTimeout(() => process.exit(code || 1), PATIENCE_MS).unref();
    await this.stop();
    process.exit(code);
  }

  async #stopAll(): Promise<void> {
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop()) {
      await Promise.resolve(stop()).catch((error: unknown) => console.error(error));
    }
  }
}
