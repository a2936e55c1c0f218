import { Readiness } from "./client-readiness.ts";
import { Feed } from "./feed/feed.ts";
import { Freshness } from "./feed/freshness.ts";
import { Intake } from "./feed/intake.ts";
import { FlagClientError } from "./flag-client-error.ts";
import {
  Events,
  type FlagClientEvents,
  type FlagClientListener,
  type FlagsChanged,
} from "./flag-client-events.ts";
import type { Settings } from "./flag-client-options.ts";
import type { FlagClientStatus } from "./flag-client-status.ts";
import { FlagTable } from "./flags/flag-table.ts";
import { type AskedBy, Refusals } from "./refusals.ts";
import { CountBook } from "./reports/count-book.ts";
import { toCountColumn } from "./reports/count-column.ts";
import { Reporter } from "./reports/reporter.ts";
import type { MessageCase } from "./rules/message-case.ts";
import { StateKeeper } from "./state/state-keeper.ts";

/** Connects the parts of the client. Is a `FlagClient`, which the type of `createFlagClient` checks. */
export class LiveFlagClient {
  readonly #table = new FlagTable();
  readonly #events = new Events();
  readonly #readiness = new Readiness();
  readonly #book = new CountBook();
  readonly #ending = new AbortController();
  readonly #freshness: Freshness;
  readonly #feed: Feed;
  readonly #state: StateKeeper;
  readonly #reporter: Reporter;
  readonly #running: Promise<void>;
  readonly #refusals: Refusals;
  #isClosed = false;
  #lastError: FlagClientError | null = null;

  constructor(settings: Settings) {
    this.#refusals = new Refusals({
      onBegin: (refusal) => this.#events.emit("refused", refusal),
      onEnd: (refusal) => this.#events.emit("recovered", refusal),
    });
    this.#freshness = new Freshness(settings.timing.staleAfterMs, {
      onStale: (stale) => this.#events.emit("stale", stale),
      onFresh: () => this.#events.emit("fresh", undefined),
      onConfirmed: (by) => this.#refusals.answered(by),
    });
    const onError = (error: FlagClientError) => this.#tell(error);
    this.#state = new StateKeeper({ settings, table: this.#table, onError });
    this.#reporter = new Reporter({
      settings,
      book: this.#book,
      position: () => this.#table.position,
      refusal: () => this.#refusals.latest,
      onTaken: () => this.#refusals.answered("report"),
      onError: (error) => this.#fail("report", error),
    });
    const intake = new Intake(this.#table, (change) => this.#onFlagsChanged(change));
    const signal = this.#ending.signal;
    this.#feed = new Feed({
      settings,
      intake,
      freshness: this.#freshness,
      signal,
      onError: (error, by) => this.#fail(by, error),
    });
    this.#running = this.#run(onError);
  }

  // Fields, not methods, so that they also work when they are detached.
  readonly acceptsBsuid = (phoneNumberId: string): boolean => this.#table.has(phoneNumberId);

  readonly count = (
    phoneNumberId: string,
    messageCase: MessageCase,
    {
      accepted = this.acceptsBsuid(phoneNumberId),
      at = new Date(),
    }: { accepted?: boolean; at?: Date } = {},
  ): void => {
    if (this.#isClosed) return;
    this.#book.count(phoneNumberId, { column: toCountColumn(messageCase, accepted), at });
  };

  async ready({ timeoutMs }: { timeoutMs?: number } = {}): Promise<void> {
    await this.#readiness.wait(timeoutMs, () => this.#lastError);
  }

  status(): FlagClientStatus {
    const position = this.#table.position;
    return {
      mode: this.#isClosed ? "closed" : this.#feed.mode,
      cursor: position?.cursor ?? null,
      revision: position?.revision ?? null,
      appliedAt: position?.appliedAt ?? null,
      accepting: this.#table.size,
      stale: this.#freshness.stale,
      refused: this.#refusals.current,
      lastError: this.#lastError,
    };
  }

  on<Name extends keyof FlagClientEvents>(name: Name, listener: FlagClientListener<Name>): void {
    this.#events.on(name, listener);
  }

  off<Name extends keyof FlagClientEvents>(name: Name, listener: FlagClientListener<Name>): void {
    this.#events.off(name, listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#ending.abort();
    this.#readiness.fail(new FlagClientError("CLOSED", "The client was closed."));
    await Promise.all([this.#running, this.#reporter.close(), this.#state.close()]);
    this.#freshness.stop();
  }

  /** Resolves only when the client is closed. */
  async #run(onError: (error: FlagClientError) => void): Promise<void> {
    const saved = this.#state.load();
    // Lookups may come at once, but events only after listeners could be attached.
    await Promise.resolve();
    if (saved.error) onError(saved.error);
    if (saved.savedAt) {
      this.#becomeReady("disk");
      this.#freshness.startFromDisk(saved.savedAt);
    }
    await this.#feed.run();
  }

  #onFlagsChanged(change: FlagsChanged): void {
    this.#state.save();
    this.#reporter.cursorMoved();
    if (this.#readiness.isReady) this.#events.emit("change", change);
    else this.#becomeReady("server");
  }

  #becomeReady(source: "server" | "disk"): void {
    this.#readiness.succeed();
    const position = this.#table.position;
    if (position)
      this.#events.emit("ready", { source, cursor: position.cursor, revision: position.revision });
  }

  #fail(by: AskedBy, error: FlagClientError): void {
    this.#tell(error);
    this.#refusals.failed(by, error);
  }

  #tell(error: FlagClientError): void {
    this.#lastError = error;
    this.#events.emit("error", error);
  }
}
