import { backoffMs, spread } from "../feed/backoff.ts";
import { type FlagClientError, toFlagClientError } from "../flag-client-error.ts";
import type { Settings } from "../flag-client-options.ts";
import type { Held } from "../flags/flag-table.ts";
import { SDK_VERSION } from "../sdk-version.ts";
import type { CountBook } from "./count-book.ts";
import { type Report, sendReport } from "./send-report.ts";

const MOST_ROWS_IN_A_REPORT = 1_000;

/**
 * Tells the console what was counted and which cursor is applied: soon after that moves, and every
 * interval as a sign of life. One report at a time, repeated as it is until it is counted.
 */
export class Reporter {
  readonly #settings: Settings;
  readonly #book: CountBook;
  readonly #held: () => Held | null;
  readonly #onError: (error: FlagClientError) => void;
  readonly #ending = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #dueAt = Number.POSITIVE_INFINITY;
  #pending: Report | null;
  /** The pending one is in the journal. */
  #isKept: boolean;
  #sending: Promise<void> | null = null;
  #failures = 0;
  #isClosed = false;
  #toldCursor = "";
  /** From the clock, so that a restarted process with the same name does not repeat what was counted. */
  #sequence: number;
  #retryMs = 0;

  constructor(parts: {
    settings: Settings;
    book: CountBook;
    held: () => Held | null;
    onError: (error: FlagClientError) => void;
  }) {
    this.#settings = parts.settings;
    this.#book = parts.book;
    this.#held = parts.held;
    this.#onError = parts.onError;
    this.#pending = this.#settings.reportJournal?.left ?? null;
    this.#isKept = this.#pending !== null;
    this.#sequence = Math.max(Date.now(), this.#pending?.sequence ?? 0);
    const { reportIntervalMs, timing } = this.#settings;
    this.#schedule(this.#isKept ? Math.random() * timing.reportSoonMs : spread(reportIntervalMs));
  }

  /** The cursor has moved. At a random moment soon, since all instances move at once. */
  cursorMoved(): void {
    if (this.#failures === 0) this.#schedule(Math.random() * this.#settings.timing.reportSoonMs);
  }

  /** No more reports: the console does not take them from this token. Counts are forgotten. */
  stop(): void {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#ending.abort();
    this.#book.clear();
  }

  /** Sends what is left, within the time that is given for it, and ends. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
    const patience = setTimeout(() => this.#ending.abort(), this.#settings.timing.closeTimeoutMs);
    await this.#sending;
    while ((this.#pending || this.#book.rows > 0) && (await this.#send()));
    clearTimeout(patience);
    this.#ending.abort();
    // What a journal keeps is told by the next process.
    if (this.#settings.reportJournal === null)
      this.#book.lose([...(this.#pending?.counts ?? []), ...this.#book.take(Infinity)]);
    this.#complain();
  }

  #schedule(delayMs: number): void {
    const dueAt = performance.now() + delayMs;
    if (this.#isClosed || dueAt >= this.#dueAt) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => {
      this.#dueAt = Number.POSITIVE_INFINITY;
      // One that is under way sets the next date itself.
      this.#sending ??= this.#send().then(() => {
        this.#sending = null;
        this.#scheduleNext();
      });
    }, delayMs);
  }

  #scheduleNext(): void {
    const { timing, reportIntervalMs } = this.#settings;
    const hasMoved = this.#held()?.cursor !== this.#toldCursor;
    if (this.#failures > 0) this.#schedule(this.#retryMs);
    else if (this.#book.rows >= MOST_ROWS_IN_A_REPORT) this.#schedule(0);
    else if (hasMoved) this.#schedule(Math.random() * timing.reportSoonMs);
    else this.#schedule(spread(reportIntervalMs));
  }

  /** One try. False when it failed, or there is nothing to tell yet. */
  async #send(): Promise<boolean> {
    this.#complain();
    const report = this.#pending ?? this.#next();
    if (report === null) return false;
    this.#pending = report;
    try {
      await this.#keep(report);
      await sendReport(this.#settings, report, this.#ending.signal);
    } catch (thrown) {
      this.#noteFailure(report, toFlagClientError(thrown));
      return false;
    }
    this.#settle(report);
    this.#failures = 0;
    this.#toldCursor = report.appliedCursor;
    return true;
  }

  /** Before it is sent, and at once: nothing may be counted between taking the counts and this. */
  async #keep(report: Report): Promise<void> {
    if (this.#isKept) return;
    await this.#settings.reportJournal?.keep(report);
    this.#isKept = true;
  }

  #settle(report: Report): void {
    this.#pending = null;
    this.#isKept = false;
    this.#settings.reportJournal?.settle(report);
  }

  #next(): Report | null {
    const held = this.#held();
    if (held === null) return null;
    this.#sequence += 1;
    return {
      instanceId: this.#settings.instanceId,
      sequence: this.#sequence,
      sdk: SDK_VERSION,
      appliedCursor: held.cursor,
      appliedAt: held.appliedAt.toISOString(),
      counts: this.#book.take(MOST_ROWS_IN_A_REPORT),
    };
  }

  #noteFailure(report: Report, failure: FlagClientError): void {
    this.#retryMs = backoffMs(this.#settings.timing, this.#failures, failure.retryAfterMs);
    this.#failures += 1;
    if (failure.code === "REPORT_REFUSED") {
      this.#settle(report);
      this.#book.lose(report.counts);
    }
    if (!this.#ending.signal.aborted) this.#onError(failure);
  }

  #complain(): void {
    for (const complaint of this.#book.complaints()) this.#onError(complaint);
  }
}
