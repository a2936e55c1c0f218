import type { DatabaseSync } from "node:sqlite";
import { emptyLog, openDatabase } from "./database.ts";
import { EventLog } from "./event-log.ts";
import { forgetOld, KEEP_CUSTOMERS_DAYS } from "./forget-old.ts";
import { GroupCommit } from "./group-commit.ts";
import { IdentityStore } from "./identity-store.ts";
import { keepKey } from "./keep-key.ts";
import { listDeliveries, type WantedDeliveries } from "./list-deliveries.ts";
import { NumberBook } from "./number-book.ts";
import { Pseudonyms } from "./pseudonyms.ts";
import { ReportBook } from "./report-book.ts";
import { RosterCursor } from "./roster-cursor.ts";
import { SentMessages } from "./sent-messages.ts";
import { WalFlush } from "./wal-flush.ts";
import { type AttemptEnd, WebhookQueue } from "./webhook-queue.ts";

const FORGET_EVERY_MS = 60_000;
/** Deletions within this time are erased from the log together. */
const ERASE_WITHIN_MS = 1_000;
const DAY_MS = 86_400_000;

/** Everything that the runtime stores, in one file. Its parts' writing methods are called within `write`. */
export class Store {
  /** The database's path, for readers with a connection of their own. */
  readonly file: string;
  readonly pseudonyms: Pseudonyms;
  readonly events: EventLog;
  readonly numbers: NumberBook;
  readonly identities: IdentityStore;
  readonly sent: SentMessages;
  readonly reports: ReportBook;
  readonly rosterCursor: RosterCursor;
  readonly #database: DatabaseSync;
  readonly #queue: WebhookQueue;
  readonly #log: WalFlush;
  readonly #commits: GroupCommit;
  readonly #forgetting: NodeJS.Timeout;
  #erasing: NodeJS.Timeout | undefined;
  readonly #keepCustomersMs: number;

  /** Customers' phones and ids are deleted `keepCustomersDays` after they were last heard of. */
  constructor(
    dataDir: string,
    onError: (error: unknown) => void,
    { keepCustomersDays = KEEP_CUSTOMERS_DAYS }: { keepCustomersDays?: number } = {},
  ) {
    this.#keepCustomersMs = keepCustomersDays * DAY_MS;
    this.pseudonyms = new Pseudonyms(keepKey(dataDir, onError));
    const { database, file } = openDatabase(dataDir, this.pseudonyms);
    this.file = file;
    this.#database = database;
    this.#log = new WalFlush(file);
    this.#commits = new GroupCommit(database, {
      flush: () => this.#log.flush(),
      onRollback: () => this.#forgetUndone(),
    });
    this.events = new EventLog(database, this.pseudonyms);
    this.#queue = new WebhookQueue(database, () => this.#eraseSoon(onError));
    this.numbers = new NumberBook(database);
    this.identities = new IdentityStore(database, {
      numbers: this.numbers,
      pseudonyms: this.pseudonyms,
      onError,
    });
    this.sent = new SentMessages(database);
    this.rosterCursor = new RosterCursor(database);
    this.reports = new ReportBook(database, this.#commits);
    this.#forgetting = setInterval(() => this.#forgetOld(onError).catch(onError), FORGET_EVERY_MS);
  }

  /** Runs `work` in a transaction; resolves to its result once that is on disk. @throws Error and nothing is kept */
  write<Result>(work: () => Result): Promise<Result> {
    return this.#commits.run(work);
  }

  /** Stores the ends of attempts without waiting for the disk: after a power cut one may be sent again. */
  recordEnds(ends: readonly AttemptEnd[]): Promise<void> {
    return this.#commits.runUnflushed(() => this.#queue.writeDown(ends));
  }

  /** The latest outcomes, newest first, as `GET /deliveries` lists them; with a message's id, only its own. */
  listDeliveries(wanted: WantedDeliveries): object[] {
    return listDeliveries(this.#database, this.pseudonyms, wanted);
  }

  close(): void {
    clearInterval(this.#forgetting);
    clearTimeout(this.#erasing);
    this.#commits.close();
    this.#log.close();
    this.#database.close();
  }

  /** Called after a rollback: what is remembered as written may not be, and has to be written again. */
  #forgetUndone(): void {
    this.identities.reload();
    this.numbers.reload();
  }

  /** Empties SQLite's log soon, in which deleted data stays readable. */
  #eraseSoon(onError: (error: unknown) => void): void {
    if (this.#erasing) return;
    this.#erasing = setTimeout(() => {
      this.#erasing = undefined;
      try {
        if (!emptyLog(this.#database)) this.#eraseSoon(onError);
      } catch (error) {
        onError(error);
      }
    }, ERASE_WITHIN_MS);
  }

  /** Deletes old data piece by piece, so that payloads that arrive meanwhile wait for one piece only. */
  async #forgetOld(onError: (error: unknown) => void): Promise<void> {
    const forget = () => forgetOld(this.#database, Date.now(), this.#keepCustomersMs);
    let isAnyForgotten = false;
    for (let isMore = true; isMore; ) {
      const forgotten = await this.write(forget);
      isAnyForgotten ||= forgotten.count > 0;
      isMore = forgotten.isMore;
    }
    if (isAnyForgotten) this.#eraseSoon(onError);
    // Recently written facts may have been deleted, and have to be written again.
    this.identities.forgetWritten();
  }
}
