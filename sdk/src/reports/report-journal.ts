import type { CountRow } from "./count-table.ts";
import type { Report } from "./report.ts";

/**
 * Where a program that keeps what it decided on disk keeps reports, too: then a kill neither loses counts
 * nor tells them twice. A report is kept before it is sent, together with how far it counts and the rows
 * that did not fit; after a kill it is sent again as it was, which the console counts once, those rows
 * follow, and the program counts what came after it.
 */
export type ReportJournal = {
  /** The report that an earlier process kept and did not see counted; null when there is none. */
  readonly left: Report | null;
  /** The rows of a kept report that is too old to be sent again: told as an error COUNTS_LOST. */
  readonly lost?: readonly CountRow[];
  /** The rows that were kept with the last report, seen counted or not. */
  readonly waiting: readonly CountRow[];
  /**
   * Called first in the turn in which the counts are taken: the report and the rows that wait have all that
   * was counted until then. Takes the place of the one before; resolves once both are kept. Called again
   * with the same ones if that failed, which the client tells as an error REPORT_JOURNAL.
   */
  keep(report: Report, waiting: readonly CountRow[]): Promise<void>;
  /** It is counted, or will never be taken: it need not be sent again. */
  settle(report: Report): void;
};
