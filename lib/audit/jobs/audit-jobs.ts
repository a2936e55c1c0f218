import { randomUUID } from "node:crypto";
import type { SystemActor } from "../../access/actor.ts";
import { databaseNow } from "../../db/database-clock.ts";
import { logger } from "../../logger.ts";
import { readHead } from "../head/read-head.ts";
import { deliverHead } from "./deliver-head.ts";
import { readVerification } from "./read-verification.ts";
import { hasRequest } from "./verification-run.ts";
import { Verifier } from "./verifier.ts";

const EVERY_MS = 60_000;
const FIRST_AFTER_MS = 5_000;
const LOOK_EVERY_MS = 2_000;
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
 * failure is logged, and the next minute makes up for it. What somebody asks to have verified begins within 2 s.
 *
 * @returns stops it, and waits for what is under way
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

/** @returns stops it, and waits for what is under way */
function repeat(
  work: () => Promise<void>,
  { firstAfterMs, everyMs }: { firstAfterMs: number; everyMs: number },
): () => Promise<void> {
  let isOver = false;
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = work().then(() => {
      if (!isOver) timer = setTimeout(run, everyMs).unref();
    });
  };
  let timer = setTimeout(run, firstAfterMs).unref();
  return async () => {
    isOver = true;
    clearTimeout(timer);
    await running;
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

/** A database that does not answer is in the log already; whoever asked is found once it does. */
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
