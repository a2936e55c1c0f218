import type { DatabaseSync } from "node:sqlite";
import { openDatabase, openForNotes } from "./database.ts";
import { EventLog } from "./event-log.ts";
import { forgetOld } from "./forget-old.ts";
import { GroupCommit } from "./group-commit.ts";
import { IdentityStore } from "./identity-store.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { NumberBook } from "./number-book.ts";
import { SentMessages } from "./sent-messages.ts";
import { WebhookQueue } from "./webhook-queue.ts";

/** Nobody waits for a note but the next webhook of the same customer. */
const NOTE_GATHER_MS = 5;
const FORGET_EVERY_MS = 60_000;

/** All that the runtime keeps, in one file. What writes is called within `write`. */
export class Store {
  readonly events: EventLog;
  readonly queue: WebhookQueue;
  readonly numbers: NumberBook;
  readonly identities: IdentityStore;
  readonly sent: SentMessages;
  readonly #database: DatabaseSync;
  readonly #notes: DatabaseSync;
  readonly #commits: GroupCommit;
  readonly #noteCommits: GroupCommit;
  readonly #forgetting: NodeJS.Timeout;

  constructor(dataDir: string, onError: (error: unknown) => void) {
    this.#database = openDatabase(dataDir);
    this.#commits = new GroupCommit(this.#database);
    this.events = new EventLog(this.#database);
    this.#notes = openForNotes(dataDir);
    this.#noteCommits = new GroupCommit(this.#notes, { gatherMs: NOTE_GATHER_MS });
    this.queue = new WebhookQueue(this.#notes);
    this.numbers = new NumberBook(this.#database);
    this.identities = new IdentityStore(this.#database, this.numbers);
    this.sent = new SentMessages(this.#database);
    this.#forgetting = setInterval(() => this.#forgetOld().catch(onError), FORGET_EVERY_MS);
  }

  /** Runs `work` in a transaction; resolves to its result once that is on disk. @throws Error and nothing is kept */
  async write<Result>(work: () => Result): Promise<Result> {
    try {
      return await this.#commits.run(work);
    } catch (error) {
      this.identities.forgetWritten();
      throw error;
    }
  }

  /** The same for what became of the queue's webhooks: after a power cut one may go out again. */
  note<Result>(work: () => Result): Promise<Result> {
    return this.#noteCommits.run(work);
  }

  /** The latest outcomes, newest first, as `GET /deliveries` tells them. */
  listDeliveries(limit: number): object[] {
    return listDeliveries(this.#database, limit);
  }

  close(): void {
    clearInterval(this.#forgetting);
    this.#notes.close();
    this.#database.close();
  }

  /** Piece by piece, so that payloads that come meanwhile wait for one piece only. */
  async #forgetOld(): Promise<void> {
    const forget = () => forgetOld(this.#database, Date.now());
    while (await this.write(forget));
  }
}
