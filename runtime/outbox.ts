import { Dispatcher, type Trouble } from "./delivery/dispatcher.ts";
import { WebhookSender } from "./delivery/webhook-sender.ts";
import { openDatabase } from "./store/database.ts";
import { EventLog } from "./store/event-log.ts";
import { forgetOld } from "./store/forget-old.ts";
import { GroupCommit } from "./store/group-commit.ts";
import { listDeliveries } from "./store/list-deliveries.ts";
import type { Outcome } from "./store/outcome.ts";
import { WebhookQueue } from "./store/webhook-queue.ts";

const FORGET_EVERY_MS = 60_000;

export type OutboxOptions = {
  dataDir: string;
  webhook: { url: string; secret: string; giveUpAfterMs: number };
};

/** Keeps what was decided, on disk, and delivers the webhooks of it. */
export class Outbox {
  readonly #database;
  readonly #commits;
  readonly #log;
  readonly #sender;
  readonly #dispatcher;
  readonly #forgetting: NodeJS.Timeout;

  constructor(options: OutboxOptions, onTrouble: (trouble: Trouble) => void) {
    this.#database = openDatabase(options.dataDir);
    this.#commits = new GroupCommit(this.#database);
    this.#log = new EventLog(this.#database);
    this.#sender = new WebhookSender(options.webhook);
    this.#dispatcher = new Dispatcher({
      queue: new WebhookQueue(this.#database),
      commits: this.#commits,
      send: (webhook) => this.#sender.send(webhook),
      giveUpAfterMs: options.webhook.giveUpAfterMs,
      onTrouble,
    });
    this.#forgetting = setInterval(() => {
      this.#forgetOld().catch((error: unknown) => onTrouble({ kind: "store", error }));
    }, FORGET_EVERY_MS);
    this.#dispatcher.wake();
  }

  /** Resolves, once all of it is on disk, to whether each was new. @throws Error and nothing is kept */
  async record(outcomes: readonly Outcome[]): Promise<boolean[]> {
    const areNew = await this.#commits.run(() => outcomes.map((one) => this.#log.record(one)));
    this.#dispatcher.wake();
    return areNew;
  }

  /** The latest outcomes, newest first, as `GET /deliveries` tells them. */
  async list(limit: number): Promise<object[]> {
    return listDeliveries(this.#database, limit);
  }

  /** Piece by piece, so that payloads that come meanwhile wait for one piece only. */
  async #forgetOld(): Promise<void> {
    const forget = () => forgetOld(this.#database, Date.now());
    while (await this.#commits.run(forget));
  }

  async close(): Promise<void> {
    clearInterval(this.#forgetting);
    await this.#dispatcher.close();
    await this.#sender.close();
    this.#database.close();
  }
}
