import type { CountRow } from "./count-table.ts";
import type { Report } from "./report.ts";

/**
 * Stores reports for a program that keeps its decisions on disk, so that a kill neither loses counts nor
 * repeats them. A report is stored before it is sent, together with how far it counts and the rows that did
 * not fit. After a kill it is sent again unchanged, which the console counts once; then those rows are sent,
 * and the program counts what came after them.
 */
export type ReportJournal = {
  /** The report that an earlier process kept without seeing it counted; null when there is none. */
  readonly left: Report | null;
  /** The rows of a kept report that is too old to be sent again; reported as an error COUNTS_LOST. */
  readonly lost?: readonly CountRow[];
  /** The rows that were kept with the last report, whether that was counted or not. */
  readonly waiting: readonly CountRow[];
  /**
   * Called synchronously when the counts are taken: the report and the waiting rows contain everything counted
   * until then. Replaces the report and rows before; resolves once both are stored. Called again with the same
   * arguments if it rejects, which the client reports as an error REPORT_JOURNAL.
   */
  keep(report: Report, waiting: readonly CountRow[]): Promise<void>;
  /** Called when a report was counted, or will never be accepted: it need not be sent again. */
  settle(report: Report): void;
};
