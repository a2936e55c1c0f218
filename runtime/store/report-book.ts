import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { CountRow, MessageCase, Report, ReportJournal } from "#sdk/flag-client.ts";
import type { GroupCommit } from "./group-commit.ts";

/** The console recognises a repeated report for two days; an older one might be counted again. */
const RESENT_FOR_MS = 47 * 3_600_000;

/** A decision that is in no report. */
type Uncounted = {
  phoneNumberId: string;
  messageCase: MessageCase;
  isAccepted: boolean;
  /** Milliseconds since 1970. */
  at: number;
};

/**
 * The last report, the rows that did not fit into it, and the last decision that they cover. After a kill the
 * report is sent again, then the rows, and later decisions are counted anew, so that the console counts each
 * message once.
 */
export class ReportBook implements ReportJournal {
  readonly left: Report | null;
  readonly lost: readonly CountRow[];
  readonly waiting: readonly CountRow[];
  readonly #database: DatabaseSync;
  readonly #commits: Pick<GroupCommit, "run" | "runUnflushed">;
  readonly #keep: StatementSync;
  readonly #settle: StatementSync;
  /** The last decision that was counted; all before it were, too. */
  #countedSeq: number;
  #cut: { report: Report; countedSeq: number } | null = null;

  constructor(database: DatabaseSync, commits: Pick<GroupCommit, "run" | "runUnflushed">) {
    this.#database = database;
    this.#commits = commits;
    this.#keep = database.prepare(
      "UPDATE report SET report = ?, counted_seq = ?, kept_at = ?, waiting = ?",
    );
    this.#settle = database.prepare("UPDATE report SET report = NULL WHERE report = ?");
    const row = database.prepare("SELECT * FROM report").get() as {
      report: string | null;
      counted_seq: number;
      kept_at: number;
      waiting: string | null;
    };
    this.#countedSeq = row.counted_seq;
    const isRecent = Date.now() - row.kept_at < RESENT_FOR_MS;
    this.waiting = row.waiting === null ? [] : (JSON.parse(row.waiting) as CountRow[]);
    const kept = row.report === null ? null : (JSON.parse(row.report) as Report);
    this.left = isRecent ? kept : null;
    this.lost = isRecent ? [] : (kept?.counts ?? []);
  }

  /** Called right after a decision was counted, in the order of decisions. */
  counted(seq: number): void {
    this.#countedSeq = seq;
  }

  async keep(report: Report, waiting: readonly CountRow[]): Promise<void> {
    if (this.#cut?.report !== report) this.#cut = { report, countedSeq: this.#countedSeq };
    const { countedSeq } = this.#cut;
    const text = JSON.stringify(report);
    const rows = waiting.length === 0 ? null : JSON.stringify(waiting);
    await this.#commits.run(() => this.#keep.run(text, countedSeq, Date.now(), rows));
  }

  /** Records that the report was counted. If that fails, it is sent again and still counted once. */
  settle(report: Report): void {
    const text = JSON.stringify(report);
    this.#commits.runUnflushed(() => this.#settle.run(text)).catch(() => undefined);
  }

  /** Yields decided customers' messages that are in no report, oldest first; each one yielded counts as counted. */
  *takeUncounted(): Generator<Uncounted> {
    const rows = this.#database.prepare(
      `SELECT seq, phone_number_id, message_case, kind, decided_at FROM event
       WHERE seq > ? AND is_counted = 1 ORDER BY seq`,
    );
    for (const row of rows.iterate(this.#countedSeq)) {
      yield {
        phoneNumberId: String(row.phone_number_id),
        messageCase: row.message_case as MessageCase,
        isAccepted: row.kind === "webhook",
        at: Number(row.decided_at),
      };
      this.counted(Number(row.seq));
    }
  }
}
