import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "../../access/actor.ts";
import { getConfig } from "../../config.ts";
import { db } from "../../db/client.ts";
import { isUnavailable } from "../../db/is-unavailable.ts";
import { sqlState } from "../../db/sql-state.ts";
import { readLastOfJournal } from "../head/head-journal.ts";
import { HeadTroubleError } from "../head/head-trouble.ts";
import { readHead } from "../head/read-head.ts";
import type { SignedHead } from "../head/signed-head.ts";
import { type TrailReport, verifyTrail } from "../verify/verify-trail.ts";
import { endRun, type Progress, type RunFailure, updateRun } from "./verification-run.ts";

const ALIVE_EVERY_MS = 2_000;
const END_AGAIN_MS = 2_000;
/** How long a failed run tries to store its failure while the database is unavailable. */
const END_WITHIN_MS = 600_000;
const LOCK_TIMEOUT = "55P03";

type Run = { id: string; askedById: string | null };
type Scope = { since: SignedHead | null; recheckAfter?: number };

/**
 * Verifies the trail for a run that has begun, reports its progress, and stores the result.
 *
 * @param options.findScope finds what to verify; called once the head is signed
 */
export async function runVerification(
  actor: Actor,
  { run, findScope }: { run: Run; findScope: () => Promise<Scope> },
): Promise<TrailReport> {
  const begunAt = performance.now();
  const heartbeat = new Heartbeat(run.id);
  try {
    await signFirst(actor);
    const scope = await findScope();
    const journals = await findJournals();
    // The files may be large and far away: check them in full verifications only.
    const files = scope.since === null ? { archiveDir: getConfig().audit.archiveDir } : {};
    const onProgress = heartbeat.takeProgress;
    const report = await verifyTrail(actor, { ...scope, journals, ...files, onProgress });
    const tookMs = Math.round(performance.now() - begunAt);
    await storeResult(run, { report, since: scope.since, tookMs });
    return report;
  } catch (error) {
    heartbeat.stop();
    await endFailed(run.id, toFailure(error));
    throw error;
  } finally {
    heartbeat.stop();
  }
}

/** Stores every 2 s that the run is alive, and its progress. If it was given up as dead, `takeProgress` throws. */
class Heartbeat {
  readonly #runId: string;
  readonly #timer: NodeJS.Timeout;
  #progress: Progress = null;
  #isOver = false;

  constructor(runId: string) {
    this.#runId = runId;
    this.#timer = setInterval(this.#beat, ALIVE_EVERY_MS).unref();
  }

  takeProgress = (entriesRead: number, ofEntries: number): void => {
    if (this.#isOver) throw new RunOverError();
    const isFirst = this.#progress === null;
    this.#progress = { entriesRead, ofEntries };
    if (isFirst) this.#beat();
  };

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat = (): void => {
    updateRun(this.#runId, this.#progress)
      .then((isOurs) => {
        this.#isOver = !isOurs;
      })
      // The verification itself fails when the database is unavailable.
      .catch(() => {});
  };
}

class RunOverError extends Error {
  constructor() {
    super("The verification was not heard from for a while, and another one began.");
  }
}

/** Signs the head first. If heads cannot be signed any more, the verification goes on: it finds out why. */
async function signFirst(actor: Actor): Promise<void> {
  try {
    await readHead(actor);
  } catch (error) {
    if (!(error instanceof HeadTroubleError)) throw error;
  }
}

/** This console's journal, or none while it has no heads. */
async function findJournals(): Promise<string[]> {
  const { headJournal } = getConfig().audit;
  return (await readLastOfJournal(headJournal)) ? [headJournal] : [];
}

async function storeResult(
  { id, askedById }: Run,
  { report, since, tookMs }: { report: TrailReport; since: SignedHead | null; tookMs: number },
): Promise<void> {
  await db().$transaction(async (client) => {
    if (!(await endRun(id, { failure: null, client }))) throw new RunOverError();
    await client.auditVerification.create({
      data: {
        isFull: since === null,
        isWhole: report.isWhole,
        throughSeq: BigInt(report.isWhole ? report.events : report.seq),
        problem: report.isWhole ? null : report.problem,
        tookMs,
        askedById,
        ...(report.isWhole ? toColumns(report, since) : {}),
      },
    });
  });
}

function toColumns(
  { head, rechecked, archivedThrough, missingFiles }: Extract<TrailReport, { isWhole: true }>,
  since: SignedHead | null,
) {
  return {
    firstSeq: BigInt(Math.max(since?.seq ?? 0, archivedThrough) + 1),
    headSeq: head && BigInt(head.seq),
    headSignedAt: head && new Date(head.signedAt),
    headKeyId: head?.keyId ?? null,
    againFirstSeq: rechecked && BigInt(rechecked.firstSeq),
    againLastSeq: rechecked && BigInt(rechecked.lastSeq),
    missingFiles: missingFiles ?? [],
  };
}

function toFailure(error: unknown): RunFailure {
  if (sqlState(error) === LOCK_TIMEOUT) return "locked";
  return isUnavailable(error) ? "unavailable" : "failed";
}

/** Stores the failure of a run; retries, because it may have failed for want of the database. */
async function endFailed(runId: string, failure: RunFailure): Promise<void> {
  const until = performance.now() + END_WITHIN_MS;
  for (;;) {
    try {
      await endRun(runId, { failure });
      return;
    } catch {
      if (performance.now() > until) return;
      await sleep(END_AGAIN_MS);
    }
  }
}
