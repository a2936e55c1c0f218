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
  store: Pick<Store, "file" | "note">;
  webhook: Omit<DeliverySettings, "file">;
  onTrouble: (trouble: Trouble) => void;
};

/**
 * Deliveries in a thread of their own: half of a runtime's work is sockets, and half of those go to the
 * business. This thread alone writes to the store; that one tells it what became of each attempt.
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

  /** Resolves once what an earlier process left is taken up. @throws Error when it cannot be read */
  static async start(parts: Parts): Promise<DeliveryThread> {
    const workerData: DeliverySettings = { ...parts.webhook, file: parts.store.file };
    const worker = new Worker(PROGRAM, { workerData });
    const thread = new DeliveryThread(parts, worker);
    await once(worker, "message");
    // A bug there is one of the runtime: it ends, and the next one finds all on disk.
    worker.on("error", (error) => {
      throw error;
    });
    return thread;
  }

  /** Webhooks that are on disk, in the order they were decided in. Those of one commit go over together. */
  deliver(webhooks: readonly PendingWebhook[]): void {
    if (webhooks.length === 0) return;
    if (this.#gathered.length === 0) setImmediate(() => this.#hand());
    this.#gathered.push(...webhooks);
  }

  /** Starts no more attempts, and waits a moment for those under way. The rest goes out after the next start. */
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
    if (message.kind === "ended") void this.#note(message);
    if (message.kind === "trouble") this.#parts.onTrouble(message.trouble);
  }

  async #note({ number, ends }: FromDelivery & { kind: "ended" }): Promise<void> {
    try {
      await this.#parts.store.note(unpackEnds(ends));
      this.#tell({ kind: "written", number });
    } catch (error) {
      this.#tell({ kind: "written", number, error });
    }
  }

  #tell(message: ToDelivery): void {
    this.#worker.postMessage(message);
  }
}
