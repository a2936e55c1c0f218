import type { FlagsStale } from "../flag-client-events.ts";

/** How the console answered. */
type ConfirmedBy = "stream" | "poll";

/**
 * Whether somebody vouches for the flags: told of every sign of life of the console, it says when the
 * flags become `stale` (the console is out of reach, or says by `Age` that its database is) and when
 * they are `fresh` again.
 */
export class Freshness {
  readonly #staleAfterMs: number;
  readonly #onStale: (stale: FlagsStale) => void;
  readonly #onFresh: () => void;
  readonly #onConfirmed: (by: ConfirmedBy) => void;
  readonly #timer: NodeJS.Timeout;
  #stale: FlagsStale | null = null;
  #lastHeard = new Date();
  #heardAt = performance.now();

  constructor(
    staleAfterMs: number,
    listeners: {
      onStale: (stale: FlagsStale) => void;
      onFresh: () => void;
      onConfirmed: (by: ConfirmedBy) => void;
    },
  ) {
    this.#staleAfterMs = staleAfterMs;
    this.#onStale = listeners.onStale;
    this.#onFresh = listeners.onFresh;
    this.#onConfirmed = listeners.onConfirmed;
    this.#timer = setInterval(() => this.#look(), Math.max(20, staleAfterMs / 10)).unref();
  }

  get stale(): FlagsStale | null {
    return this.#stale;
  }

  /** The flags come from the disk: true at `savedAt`, and nobody knows since. */
  startFromDisk(savedAt: Date): void {
    this.#become({ since: savedAt, reason: "disk" });
  }

  /** A sign of life, which says nothing about the flags yet. */
  heard(): void {
    this.#lastHeard = new Date();
    this.#heardAt = performance.now();
  }

  /** The flags held are the console's; for `ageSeconds` it has been without its database. */
  confirmed(ageSeconds: number, by: ConfirmedBy): void {
    this.heard();
    this.#onConfirmed(by);
    if (ageSeconds > 0) {
      const since = new Date(Date.now() - ageSeconds * 1_000);
      this.#become({ since, reason: "server" });
    } else if (this.#stale !== null) {
      this.#stale = null;
      this.#onFresh();
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    // Elapsed time by the steady clock: the other one may be set at any moment.
    const silentMs = performance.now() - this.#heardAt;
    if (silentMs > this.#staleAfterMs)
      this.#become({ since: this.#lastHeard, reason: "unreachable" });
  }

  #become(stale: FlagsStale): void {
    if (this.#stale !== null) return;
    this.#stale = stale;
    this.#onStale(stale);
  }
}
