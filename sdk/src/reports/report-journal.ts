import type { Report } from "./send-report.ts";

/**
 * Where a program that keeps what it decided on disk keeps reports, too: then a kill neither loses counts
 * nor tells them twice. A report is kept before it is sent, together with how far it counts; after a kill
 * it is sent again as it was, which the console counts once, and the program counts what came after it.
 */
export type ReportJournal = {
  /** The report that an earlier process kept and did not see counted; null when there is none. */
  readonly left: Report | null;
  /**
   * Called first in the turn in which the counts are taken: the report has all that was counted until
   * then. Resolves once it is kept. Called again with the same report if that failed.
   */
  keep(report: Report): Promise<void>;
  /** It is counted, or will never be taken: it need not be sent again. */
  settle(report: Report): void;
};
