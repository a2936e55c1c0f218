import { randomUUID } from "node:crypto";
import type { SystemActor } from "../../access/actor.ts";
import { databaseNow } from "../../db/database-clock.ts";
import { logger } from "../../logger.ts";
import { repeat } from "../../repeat.ts";
import { readHead } from "../head/read-head.ts";
import { deliverHead } from "./deliver-head.ts";
import { readVerification } from "./read-verification.ts";
import { hasRequest } from "./verification-run.ts";
import { Verifier } from "./verifier.ts";

const EVERY_MS = 60_000;
const FIRST_AFTER_MS = 5_000;
const LOOK_EVERY_MS = 2_000;
const VERIFY_AFTER_MS = 24 * 3_600_000;

/** A new actor for the scheduled jobs on the trail. */
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
 * Starts the jobs on the trail. Each minute they sign the head if the trail has grown, send the day's head,
 * and start the daily verification, in a thread of its own so that nobody waits for it. A requested
 * verification starts within 2 s. A failure is logged and retried the next minute.
 *
 * @returns a function that stops the jobs, and waits for what is running
 */
export function startAuditJobs(firstAfterMs = FIRST_AFTER_MS): () => Promise<void> {
  const verifier = new Verifier();
  const ending = new AbortController();
  const run = () => runOnce(verifier, ending.signal);
  const look = () => startRequested(verifier);
  const stops = [
    repeat(run, { firstAfterMs, everyMs: EVERY_MS }),
    repeat(look, { firstAfterMs: LOOK_EVERY_MS, everyMs: LOOK_EVERY_MS }),
  ];
  return async () => {
    ending.abort();
    await Promise.all(stops.map((stop) => stop()));
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
    if (isDue) verifier.start({ isRequested: false });
  });
}

/** Ignores failures: an unavailable database is in the log already, and the request is still there later. */
async function startRequested(verifier: Verifier): Promise<void> {
  if (await hasRequest().catch(() => false)) verifier.start({ isRequested: true });
}

async function attempt(failure: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    logger().warn({ cause }, `${failure} Tried again in a minute, or later.`);
  }
}
