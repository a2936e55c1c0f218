import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Store } from "../store/store.ts";
import type { PendingWebhook } from "../store/webhook-queue.ts";
import type { Trouble } from "./dispatcher.ts";
import { unpackEnds } from "./pack-ends.ts";
import { packWebhooks } from "./pack-webhooks.ts";
import type { DeliverySettings, FromDelivery, ToDelivery } from "./thread-messages.ts";

const PROGRAM = new URL("./delivery-worker.ts", import.meta.url);

type Parts = {
  store: Pick<Store, "file" | "recordEnds">;
  webhook: Omit<DeliverySettings, "file">;
  onTrouble: (trouble: Trouble) => void;
};

/**
 * Runs deliveries in a thread of their own: half of a runtime's work is sockets, and half of those go to the
 * business. Only this thread writes to the store; the other one reports the result of each attempt to it.
 */
export class DeliveryThread {
  readonly #parts: Parts;
  readonly #worker: Worker;
  #gathered: PendingWebhook[] = [];

  private constructor(parts: Parts, worker: Worker) {
    this.#parts = parts;
    this.#worker = worker;
    worker.on("message", (message: FromDelivery) => this.#hear(message));
  }

  /** Resolves once the webhooks of an earlier process are queued. @throws Error when they cannot be read */
  static async start(parts: Parts): Promise<DeliveryThread> {
    const workerData: DeliverySettings = { ...parts.webhook, file: parts.store.file };
    const worker = new Worker(PROGRAM, { workerData });
    const thread = new DeliveryThread(parts, worker);
    await once(worker, "message");
    // A bug in the thread ends the runtime, too; the next process finds everything on disk.
    worker.on("error", (error) => {
      throw error;
    });
    return thread;
  }

  /** Queues webhooks that are on disk, in the order they were decided in. Those of one commit are sent over together. */
  deliver(webhooks: readonly PendingWebhook[]): void {
    if (webhooks.length === 0) return;
    if (this.#gathered.length === 0) setImmediate(() => this.#hand());
    this.#gathered.push(...webhooks);
  }

  /** Starts no more attempts, and waits briefly for those under way. The rest is delivered after the next start. */
  async close(): Promise<void> {
    const exited = once(this.#worker, "exit");
    this.#tell({ kind: "close" });
    await exited;
  }

  #hand(): void {
    this.#tell({ kind: "deliver", webhooks: packWebhooks(this.#gathered) });
    this.#gathered = [];
  }

  #hear(message: FromDelivery): void {
    if (message.kind === "ended") void this.#recordEnds(message);
    if (message.kind === "trouble") this.#parts.onTrouble(message.trouble);
  }

  async #recordEnds({ number, ends }: FromDelivery & { kind: "ended" }): Promise<void> {
    try {
      await this.#parts.store.recordEnds(unpackEnds(ends));
      this.#tell({ kind: "written", number });
    } catch (error) {
      this.#tell({ kind: "written", number, error });
    }
  }

  #tell(message: ToDelivery): void {
    this.#worker.postMessage(message);
  }
}
