import { backoffMs, spread } from "../feed/backoff.ts";
import { describe, FlagClientError, toFlagClientError } from "../flag-client-error.ts";
import type { Settings } from "../flag-client-options.ts";
import type { Position } from "../flags/flag-table.ts";
import type { Refusal } from "../refusals.ts";
import { SDK_VERSION } from "../sdk-version.ts";
import type { CountBook } from "./count-book.ts";
import type { CountRow } from "./count-table.ts";
import type { Report } from "./report.ts";
import type { ReportRefusal } from "./report-refusal.ts";
import { sendReport } from "./send-report.ts";

const MAX_ROWS_IN_A_REPORT = 1_000;

/**
 * Reports counts and the applied cursor to the console: soon after the cursor moves, and every interval as a
 * sign of life. Sends one report at a time, unchanged until it is counted, whatever fails meanwhile; if the
 * console itself refuses it, makes a new one without the rows that it names.
 */
export class Reporter {
  readonly #settings: Settings;
  readonly #book: CountBook;
  readonly #position: () => Position | null;
  readonly #refusal: () => Refusal | null;
  readonly #onTaken: () => void;
  readonly #onError: (error: FlagClientError) => void;
  readonly #ending = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #dueAt = Number.POSITIVE_INFINITY;
  #pending: Report | null;
  /** Rows that did not fit into the pending report. */
  #waiting: readonly CountRow[] = [];
  /** Whether the pending report is in the journal. */
  #isKept: boolean;
  #sending: Promise<void> | null = null;
  #failures = 0;
  #isClosed = false;
  #toldCursor = "";
  /** Starts at the clock's time, so that a restarted process with the same name does not repeat a sequence. */
  #sequence: number;
  #retryMs = 0;
  /** Halved each time that a report is too large. */
  #mostRows = MAX_ROWS_IN_A_REPORT;

  constructor(parts: {
    settings: Settings;
    book: CountBook;
    position: () => Position | null;
    /** The refusal to report, if there was one. */
    refusal: () => Refusal | null;
    onTaken: () => void;
    onError: (error: FlagClientError) => void;
  }) {
    this.#settings = parts.settings;
    this.#book = parts.book;
    this.#position = parts.position;
    this.#refusal = parts.refusal;
    this.#onTaken = parts.onTaken;
    this.#onError = parts.onError;
    this.#pending = this.#settings.reportJournal?.left ?? null;
    this.#isKept = this.#pending !== null;
    this.#book.takeBack(this.#settings.reportJournal?.waiting ?? []);
    this.#book.lose(this.#settings.reportJournal?.lost ?? []);
    this.#sequence = Math.max(Date.now(), this.#pending?.sequence ?? 0);
    const { reportIntervalMs, timing } = this.#settings;
    this.#schedule(this.#isKept ? Math.random() * timing.reportSoonMs : spread(reportIntervalMs));
  }

  /** Schedules a report after the cursor moved: soon, at a random moment, since all instances move at once. */
  cursorMoved(): void {
    if (this.#failures === 0) this.#schedule(Math.random() * this.#settings.timing.reportSoonMs);
  }

  /** Sends what is left within `closeTimeoutMs`, then ends. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
    const patience = setTimeout(() => this.#ending.abort(), this.#settings.timing.closeTimeoutMs);
    await this.#sending;
    let isTold = true;
    while (isTold && (this.#pending || this.#book.rows > 0)) isTold = await this.#send();
    if (isTold) await this.#sayGoodbye();
    clearTimeout(patience);
    this.#ending.abort();
    // With a journal, the next process sends what is left.
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
      // A report under way schedules the next one itself.
      this.#sending ??= this.#send().then(() => {
        this.#sending = null;
        this.#scheduleNext();
      });
    }, delayMs);
  }

  #scheduleNext(): void {
    const { timing, reportIntervalMs } = this.#settings;
    const hasMoved = this.#position()?.cursor !== this.#toldCursor;
    if (this.#failures > 0) this.#schedule(this.#retryMs);
    else if (this.#book.rows >= MAX_ROWS_IN_A_REPORT) this.#schedule(0);
    else if (hasMoved) this.#schedule(Math.random() * timing.reportSoonMs);
    else this.#schedule(spread(reportIntervalMs));
  }

  /** Tries to send one report. False if that failed, or there is nothing to report yet. */
  async #send(): Promise<boolean> {
    this.#complain();
    const report = this.#pending ?? this.#next();
    if (report === null) return false;
    this.#pending = report;
    try {
      await this.#keep(report);
      const refusal = await sendReport(this.#settings, report, this.#ending.signal);
      if (refusal === null) this.#taken(report);
      else this.#takeBack(report, refusal);
      return refusal === null;
    } catch (thrown) {
      this.#failed(toFlagClientError(thrown));
      return false;
    }
  }

  /** Says that this process ends, without counts or journal: if that is lost, the console only misses the process. */
  async #sayGoodbye(): Promise<void> {
    const report = this.#next();
    if (report === null) return;
    const goodbye: Report = { ...report, closing: true };
    await sendReport(this.#settings, goodbye, this.#ending.signal).catch(() => undefined);
  }

  #taken(report: Report): void {
    this.#settle(report);
    this.#failures = 0;
    this.#mostRows = MAX_ROWS_IN_A_REPORT;
    this.#toldCursor = report.appliedCursor;
    this.#onTaken();
  }

  /** Takes back a refused report's rows. The journal keeps it until the next report: after a kill it is sent again. */
  #takeBack(report: Report, { error, wrongRows }: ReportRefusal): void {
    this.#pending = null;
    this.#isKept = false;
    this.#book.takeBack(report.counts, wrongRows);
    if (error.status === 413) this.#mostRows = Math.max(1, Math.floor(this.#mostRows / 2));
    this.#failed(error);
    this.#complain();
  }

  /** Stores a report before it is sent. Called synchronously: nothing may be counted after the counts are taken. */
  async #keep(report: Report): Promise<void> {
    if (this.#isKept) return;
    try {
      await this.#settings.reportJournal?.keep(report, this.#waiting);
    } catch (cause) {
      const message = `The report cannot be kept, and is not sent before: ${describe(cause)}`;
      throw new FlagClientError("REPORT_JOURNAL", message, { cause });
    }
    this.#isKept = true;
  }

  #settle(report: Report): void {
    this.#pending = null;
    this.#isKept = false;
    this.#settings.reportJournal?.settle(report);
  }

  #next(): Report | null {
    const position = this.#position();
    if (position === null) return null;
    this.#sequence += 1;
    const refusal = this.#refusal();
    const counts = this.#book.take(this.#mostRows);
    if (this.#settings.reportJournal) this.#waiting = this.#book.list();
    return {
      instanceId: this.#settings.instanceId,
      sequence: this.#sequence,
      sdk: SDK_VERSION,
      appliedCursor: position.cursor,
      // The clock may have been set back meanwhile.
      appliedAt: new Date(Math.min(position.appliedAt.getTime(), Date.now())).toISOString(),
      counts,
      ...(refusal && { refusal: toReported(refusal) }),
    };
  }

  #failed(failure: FlagClientError): void {
    this.#retryMs = backoffMs(this.#settings.timing, this.#failures, failure);
    this.#failures += 1;
    if (!this.#ending.signal.aborted) this.#onError(failure);
  }

  #complain(): void {
    for (const complaint of this.#book.complaints()) this.#onError(complaint);
  }
}

function toReported({ what, status, since, until }: Refusal): NonNullable<Report["refusal"]> {
  return { what, status, since: since.toISOString(), until: until?.toISOString() ?? null };
}
