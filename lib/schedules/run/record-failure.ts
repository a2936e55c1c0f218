import type { Actor, PersonActor, SystemActor } from "../../access/actor.ts";
import { toPrismaRunner } from "../../db/sql-runner.ts";
import { type AuditedTransaction, inAuditedTransaction } from "../../db/transaction.ts";
import { AppError } from "../../errors.ts";
import { toLimits } from "../../flags/change-limits.ts";
import { decideChanges } from "../../flags/gate.ts";
import { openRequest } from "../../flags/pending/open-request.ts";
import { readGateView } from "../../flags/read-gate-view.ts";
import { endRequests } from "../../waiting/end-requests.ts";
import { endSchedules } from "../../waiting/end-schedules.ts";
import type { RunFailure } from "./decide-run.ts";
import { toRetryTime } from "./postpone.ts";

/** How often a schedule is tried that fails for a reason that may pass. */
const MAX_ATTEMPTS = 10;

type Failed = {
  id: string;
  /** How many it names. */
  numbers: number;
  failure: RunFailure;
  /** In whose name it was to run; null when they may not any more. */
  actor: PersonActor | null;
};

/**
 * Records, in a transaction of its own, that a schedule was not carried out. What may pass is tried again,
 * after longer and longer waits; everything else is its end. Where an account needs two people since, a
 * request is opened in its author's name, unless it has an end, which a request cannot have.
 */
export async function recordFailure(
  runner: SystemActor,
  { id, numbers, failure, actor }: Failed,
): Promise<void> {
  const asksInstead = failure.code === "NEEDS_TWO_PEOPLE" && actor !== null;
  const who: Actor = asksInstead ? actor : runner;
  const limits = toLimits(numbers);
  const record = async (tx: AuditedTransaction) => {
    const schedule = await lockWaiting(tx, id);
    if (!schedule) return;
    if (failure.code === "UNAVAILABLE" && schedule.attempts + 1 < MAX_ATTEMPTS) {
      return await tryLater(tx, schedule);
    }
    const request = asksInstead ? await askInstead(tx, id) : "";
    // The rule was lifted meanwhile: the next look carries it out.
    if (request === null) return;
    const why = `${failure.why} ${request}`.trim();
    await endSchedules(tx, [id], { state: "failed", code: failure.code, why });
    await endRequests(tx, schedule.requestId ? [schedule.requestId] : [], { state: "failed", why });
  };
  await inAuditedTransaction(who, record, limits);
}

type Waiting = { id: string; attempts: number; requestId: string | null };

async function lockWaiting({ db }: AuditedTransaction, id: string): Promise<Waiting | null> {
  const [row] = await db.$queryRaw<Waiting[]>`
    SELECT id, attempts, request_id AS "requestId" FROM schedule
    WHERE id = ${id}::uuid AND state = 'waiting' AND next_attempt_at <= clock_timestamp()
    FOR UPDATE SKIP LOCKED`;
  return row ?? null;
}

async function tryLater({ db, now }: AuditedTransaction, { id, attempts }: Waiting): Promise<void> {
  await db.schedule.update({
    where: { id },
    data: { attempts: attempts + 1, nextAttemptAt: toRetryTime(now, attempts) },
  });
}

/** Whether it is the first half of "on until …". */
async function hasEnd({ db }: AuditedTransaction, afterId: string): Promise<boolean> {
  return (
    (await db.schedule.count({ where: { afterId, isSecondHalf: true, state: "waiting" } })) > 0
  );
}

/** @returns what became of it, in words; null when it takes no request any more */
async function askInstead(tx: AuditedTransaction, scheduleId: string): Promise<string | null> {
  const { reason, ticketUrl, items } = await tx.db.schedule.findUniqueOrThrow({
    where: { id: scheduleId },
    include: { items: { orderBy: { phoneNumberId: "asc" } } },
  });
  const ids = items.map(({ phoneNumberId }) => phoneNumberId);
  const view = await readGateView(toPrismaRunner(tx.db), ids);
  const { passed, needApproval } = decideChanges(items, { ...view, door: "direct" });
  if (needApproval.length === 0) return null;
  if (await hasEnd(tx, scheduleId)) {
    return "No request was opened: it could not say when it ends. Ask for its beginning and for its end.";
  }
  try {
    const targets = [...passed, ...needApproval];
    const { id } = await openRequest(tx, { targets, reason, ticketUrl });
    return `The request ${id} was opened instead.`;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `No request could be opened instead: ${error.message}`;
  }
}
