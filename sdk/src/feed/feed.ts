import { FlagClientError, toFlagClientError } from "../flag-client-error.ts";
import type { Settings } from "../flag-client-options.ts";
import { isRefusal } from "../refusals.ts";
import { backoffMs, spread } from "./backoff.ts";
import { followStream } from "./follow-stream.ts";
import type { Freshness } from "./freshness.ts";
import type { Intake } from "./intake.ts";
import { pause } from "./pause.ts";
import { pollFlags } from "./poll-flags.ts";

/** How the flags are received at the moment. */
export type FeedMode = "connecting" | "stream" | "long-poll" | "poll";

/** After a stream that lasted this long, the next failure counts as the first one. */
const GOOD_AFTER_MS = 10_000;
/** After this many failed streams in a row, a poll finds out whether only streams fail. */
const STREAMS_BEFORE_POLL = 3;
/** After this many held polls cut in a row, polls are plain ones. */
const MAX_CUT_HOLDS = 2;

/**
 * Keeps the flags up to date: by the stream; if streams do not get through, by polls that the server holds;
 * if those do not either, by plain polls. Tries the stream again after `streamRetryMs`.
 */
export class Feed {
  readonly #settings: Settings;
  readonly #intake: Intake;
  readonly #freshness: Freshness;
  readonly #signal: AbortSignal;
  readonly #onError: (error: FlagClientError, by: "stream" | "poll") => void;
  #mode: FeedMode = "connecting";
  /** The kind of request of the current step. */
  #asking: "stream" | "poll" = "stream";
  #failures = 0;
  #pollUntil = 0;
  /** Whether a poll got through since the last stream did: then streams are broken, not the console. */
  #pollWorks = false;
  #cutHolds = 0;
  /** Whether the server held the last poll that asked to be held. */
  #pollMode: "long-poll" | "poll" = "long-poll";

  constructor(parts: {
    settings: Settings;
    intake: Intake;
    freshness: Freshness;
    signal: AbortSignal;
    onError: (error: FlagClientError, by: "stream" | "poll") => void;
  }) {
    this.#settings = parts.settings;
    this.#intake = parts.intake;
    this.#freshness = parts.freshness;
    this.#signal = parts.signal;
    this.#onError = parts.onError;
  }

  get mode(): FeedMode {
    return this.#mode;
  }

  /** Runs until the signal aborts, whatever the answers: none proves that the next one will be the same. */
  async run(): Promise<void> {
    while (!this.#signal.aborted) {
      try {
        await this.#step();
      } catch (thrown) {
        if (this.#signal.aborted) return;
        const failure = toFlagClientError(thrown);
        this.#mode = "connecting";
        this.#onError(failure, this.#asking);
        // No pause: a poll does not depend on streams.
        if (failure.code === "STREAM_UNSUPPORTED") continue;
        const { timing } = this.#settings;
        await pause(backoffMs(timing, this.#failures, failure), this.#signal);
        this.#failures += 1;
      }
    }
  }

  async #step(): Promise<void> {
    this.#asking = "poll";
    if (this.#intake.isInDoubt) await this.#resolveDoubt();
    else if (performance.now() < this.#pollUntil) await this.#poll();
    else if (this.#failures >= STREAMS_BEFORE_POLL && !this.#pollWorks) await this.#probe();
    else await this.#stream();
  }

  async #stream(): Promise<void> {
    this.#asking = "stream";
    const started = performance.now();
    const onSpeaking = () => {
      this.#mode = "stream";
      this.#pollWorks = false;
    };
    const parts = { settings: this.#settings, intake: this.#intake, freshness: this.#freshness };
    const onRefused = (failure: FlagClientError) => this.#onError(failure, "poll");
    try {
      await followStream({ ...parts, signal: this.#signal, onSpeaking, onRefused });
    } catch (thrown) {
      const failure = toFlagClientError(thrown);
      const hasNone = ["STREAM_UNSUPPORTED", "STREAM_SILENT"].includes(failure.code);
      // Perhaps only streams are refused, so the next request is a poll.
      const isRefused = failure.status !== undefined && isRefusal(failure);
      if (hasNone || isRefused || this.#pollWorks) this.#stepDown();
      throw thrown;
    } finally {
      if (performance.now() - started > GOOD_AFTER_MS) this.#failures = 0;
    }
  }

  #stepDown(): void {
    this.#pollUntil = performance.now() + spread(this.#settings.timing.streamRetryMs);
    this.#cutHolds = 0;
  }

  /** Sends one plain poll. If it gets through and the next stream does not, then only streams are broken. */
  async #probe(): Promise<void> {
    await this.#ask(this.#intake.cursor, 0, performance.now());
    this.#failures = 0;
    this.#pollWorks = true;
  }

  async #poll(): Promise<void> {
    const { longPollSeconds, pollIntervalMs } = this.#settings.timing;
    const { cursor } = this.#intake;
    const waitSeconds = cursor !== null && this.#cutHolds < MAX_CUT_HOLDS ? longPollSeconds : 0;
    const started = performance.now();
    this.#mode = waitSeconds > 0 || cursor === null ? this.#pollMode : "poll";
    const { moved, isHeld } = await this.#ask(cursor, waitSeconds, started);
    this.#failures = 0;
    this.#pollWorks = true;
    const wasHeld = waitSeconds > 0 && performance.now() - started >= waitSeconds * 500;
    if (wasHeld) this.#cutHolds = 0;
    if (cursor !== null) this.#pollMode = isHeld || wasHeld ? "long-poll" : "poll";
    this.#mode = this.#pollMode;
    // A server that ignores `wait`, or answers early, must not be polled in a tight loop.
    const isDue = wasHeld || cursor === null || (isHeld && moved);
    if (!isDue) await pause(spread(pollIntervalMs), this.#signal);
  }

  async #ask(cursor: string | null, waitSeconds: number, started: number) {
    try {
      const how = { cursor, waitSeconds, signal: this.#signal };
      const { message, age, isHeld } = await pollFlags(this.#settings, how);
      if (message) this.#intake.take(message, age > 0 ? "behind" : "normal");
      if (!this.#intake.isInDoubt) this.#freshness.confirmed(age, "poll");
      return { isHeld, moved: this.#intake.cursor !== cursor };
    } catch (thrown) {
      // A failure at once is the console's; a cut while the poll was held is a proxy's.
      if (waitSeconds > 0 && performance.now() - started > 1_000) this.#cutHolds += 1;
      throw thrown;
    }
  }

  /** Asks again: a server that lagged has caught up by now or sends `Age`; a restored database says the same again. */
  async #resolveDoubt(): Promise<void> {
    this.#mode = "connecting";
    await pause(spread(this.#settings.timing.confirmMs), this.#signal);
    const how = { cursor: null, waitSeconds: 0, signal: this.#signal };
    const { message, age } = await pollFlags(this.#settings, how);
    if (message) this.#intake.take(message, age > 0 ? "behind" : "confirmed");
    if (this.#intake.isInDoubt) {
      this.#freshness.heard();
      throw new FlagClientError("SERVER_BEHIND", "The console answers with older flags than held.");
    }
    this.#freshness.confirmed(age, "poll");
  }
}
