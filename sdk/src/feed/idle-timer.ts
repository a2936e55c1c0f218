import type { FlagClientError } from "../flag-client-error.ts";

/** A signal that aborts when its parent does, or with the reason `onIdle()` when nothing was heard for a while. */
export class IdleTimer {
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #follow: () => void;

  constructor(parent: AbortSignal, idleMs: number, onIdle: () => FlagClientError) {
    this.#parent = parent;
    this.#follow = () => this.#controller.abort(parent.reason);
    this.#timer = setTimeout(() => this.#controller.abort(onIdle()), idleMs);
    if (parent.aborted) this.#follow();
    else parent.addEventListener("abort", this.#follow);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  heard(): void {
    this.#timer.refresh();
  }

  /** Ends the timer, and aborts whatever still depends on the signal. */
  stop(reason?: unknown): void {
    clearTimeout(this.#timer);
    this.#parent.removeEventListener("abort", this.#follow);
    this.#controller.abort(reason);
  }
}
