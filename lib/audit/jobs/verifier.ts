import { randomUUID } from "node:crypto";
import { Worker } from "node:worker_threads";
import { logger } from "../../logger.ts";
import { endRun, type RunFailure } from "./verification-run.ts";

/** What the thread (verify-worker.ts) verifies for: somebody's request, or the schedule. */
export type VerifierTask = { runId: string; isRequested: boolean };

/** Verifies in a thread of its own, at most one at a time. */
export class Verifier {
  #running: { worker: Worker; runId: string } | null = null;

  start({ isRequested }: Pick<VerifierTask, "isRequested">): void {
    if (this.#running) return;
    const runId = randomUUID();
    const workerData: VerifierTask = { runId, isRequested };
    const worker = new Worker(new URL("./verify-worker.ts", import.meta.url), { workerData });
    this.#running = { worker, runId };
    worker.unref();
    worker.on("error", (error) => {
      logger().warn({ cause: error.message }, "Verifying ended early.");
      // A thread without memory could not say so itself.
      void end(runId, "failed");
    });
    worker.on("exit", () => {
      this.#running = null;
    });
  }

  /** Ends a running verification, and stores that it was stopped. */
  async stop(): Promise<void> {
    if (!this.#running) return;
    const { worker, runId } = this.#running;
    await worker.terminate();
    await end(runId, "stopped");
  }
}

/** Ignores failures: a run that stops updating its row counts as dead. */
async function end(runId: string, failure: RunFailure): Promise<void> {
  await endRun(runId, { failure }).catch(() => {});
}
