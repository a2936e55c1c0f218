import { randomUUID } from "node:crypto";
import { Worker } from "node:worker_threads";
import type { SystemActor } from "../../access/actor.ts";
import { databaseNow } from "../../db/database-clock.ts";
import { logger } from "../../logger.ts";
import { readHead } from "../head/read-head.ts";
import { deliverHead } from "./deliver-head.ts";
import { readVerification } from "./read-verification.ts";

const EVERY_MS = 60_000;
const FIRST_AFTER_MS = 5_000;
const VERIFY_AFTER_MS = 24 * 3_600_000;

/** The console itself, as the keeper of its trail. */
export function newAuditKeeper(): SystemActor {
  return {
    type: "system",
    id: "audit-keeper",
    name: "Audit keeper",
    permissions: ["audit:keep", "audit:read"],
    origin: { requestId: randomUUID(), channel: "schedule", ip: null, userAgent: null },
  };
}

/**
 * A minute after the run before, for as long as the process lives: signs the head when the trail has grown, sends
 * the day's head, and verifies once a day, in a thread of its own so that nobody waits for it. A
 * failure is logged, and the next minute makes up for it.
 *
 * @returns stops it, and waits for what is under way
 */
export function startAuditJobs(firstAfterMs = FIRST_AFTER_MS): () => Promise<void> {
  const verifier = new Verifier();
  const ending = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = runOnce(verifier, ending.signal).then(() => {
      if (!ending.signal.aborted) timer = setTimeout(run, EVERY_MS).unref();
    });
  };
  let timer = setTimeout(run, firstAfterMs).unref();
  return async () => {
    clearTimeout(timer);
    ending.abort();
    await running;
    await verifier.stop();
  };
}

async function runOnce(verifier: Verifier, ends: AbortSignal): Promise<void> {
  const actor = newAuditKeeper();
  await attempt("The audit trail's head could not be signed.", () => readHead(actor));
  await attempt("The audit trail's head could not be sent.", () => deliverHead(actor, ends));
  await attempt("The audit trail could not be verified.", async () => {
    const latest = await readVerification(actor);
    const isDue =
      !latest || databaseNow().getTime() - latest.verifiedAt.getTime() >= VERIFY_AFTER_MS;
    if (isDue) verifier.start();
  });
}

async function attempt(failure: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    logger().warn({ cause }, `${failure} Tried again in a minute, or later.`);
  }
}

/** At most one thread at a time. */
class Verifier {
  #worker: Worker | null = null;

  start(): void {
    if (this.#worker) return;
    const worker = new Worker(new URL("./verify-worker.ts", import.meta.url));
    this.#worker = worker;
    worker.unref();
    worker.on("error", (error) =>
      logger().warn({ cause: error.message }, "Verifying ended early."),
    );
    worker.on("exit", () => {
      this.#worker = null;
    });
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }
}
