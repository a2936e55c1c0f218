import { constants } from "node:os";
import { outliveReaders } from "./outlive-readers.ts";

/** Supervisors kill a process after ten seconds. */
const EXIT_TIMEOUT_MS = 9_500;
const STARTING_MS = 4_000;

/**
 * Runs a program, and stops all that it started, last started first, when it fails, finishes or gets a
 * signal. Ctrl-C in a terminal arrives several times (from the terminal, npm and the launcher); only the
 * first one counts. It goes on, and stops in order, also when nobody reads its output any more.
 */
export class Shutdown {
  readonly #abort = new AbortController();
  readonly #stops: (() => Promise<void> | void)[] = [];
  #main: Promise<void> = Promise.resolve();
  #isServing = false;
  #stopping: Promise<void> | undefined;

  /** Aborted as soon as a signal arrives. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Runs `main`; if it fails, calls `onError` and exits with 1. */
  async run(main: () => Promise<void>, onError: (error: unknown) => void): Promise<void> {
    outliveReaders();
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(name, () => this.#onSignal(constants.signals[name]));
    }
    this.#main = main();
    try {
      await this.#main;
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      onError(error);
      await this.exit(1);
    }
  }

  add(stop: () => Promise<void> | void): void {
    this.#stops.push(stop);
  }

  /** From here on a signal is the usual end, not an interruption. */
  markServing(): void {
    this.#isServing = true;
  }

  /** Stops everything, then ends the process. */
  async exit(code: number): Promise<void> {
    setTimeout(() => process.exit(code || 1), EXIT_TIMEOUT_MS).unref();
    this.#stopping ??= this.#stopAll();
    await this.#stopping;
    process.exit(code);
  }

  #onSignal(number: number): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    if (this.#isServing) process.stdout.write("\n  Stopping …\n");
    const code = this.#isServing ? 0 : 128 + number;
    setTimeout(() => process.exit(code || 1), EXIT_TIMEOUT_MS).unref();
    const end = () => this.exit(code);
    // Let `main` finish what it is starting, so that it can be stopped.
    this.#main.then(end, end);
    setTimeout(end, STARTING_MS).unref();
  }

  async #stopAll(): Promise<void> {
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop()) {
      try {
        await stop();
      } catch (error) {
        console.error(error);
      }
    }
  }
}
