import type { FlagsStale } from "../flag-client-events.ts";

/** How the console answered. */
type ConfirmedBy = "stream" | "poll";

/**
 * Tracks whether the flags are confirmed. Gets every sign of life of the console, and reports when the flags
 * become `stale` (the console is out of reach, or says by `Age` that its database is) or `fresh` again.
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

  /** The flags come from disk: they were right at `savedAt`, and are unconfirmed since. */
  startFromDisk(savedAt: Date): void {
    this.#become({ since: savedAt, reason: "disk" });
  }

  /** Records a sign of life that says nothing about the flags. */
  heard(): void {
    this.#lastHeard = new Date();
    this.#heardAt = performance.now();
  }

  /** Records that the flags are the console's, which has been without its database for `ageSeconds`. */
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
    // By the monotonic clock, since the system's time may be set at any moment.
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
