import { setTimeout as sleep } from "node:timers/promises";
import { db } from "../../../db/client.ts";
import { AppError } from "../../../errors.ts";

/** How long a request waits in all: for another one with its key, and for a slot. */
const MAX_WAIT_MS = 5_000;
const POLL_MS = 100;
/** Each keeps a connection of the pool while it runs and needs another for its work, which leaves four of twelve. */
const MAX_AT_ONCE = 4;
const MAX_RUN_MS = 60_000;

/** The requests that this process is answering, by name. */
const running = new Map<string, Promise<unknown>>();
const waitingForSlot = new Set<() => void>();
let freeSlots = MAX_AT_ONCE;

/**
 * Runs work for one name at a time, on all instances. An advisory lock in a transaction of its own, so that it
 * ends with the process.
 *
 * @param options.isLocal takes turns on this instance only, and holds no connection
 * @throws AppError CONFLICT when the one before is not done within five seconds, UNAVAILABLE when too many others
 *   are being carried out
 */
export async function inKeyTurn<Result>(
  name: string,
  work: () => Promise<Result>,
  { isLocal = false }: { isLocal?: boolean } = {},
): Promise<Result> {
  const deadline = performance.now() + MAX_WAIT_MS;
  for (;;) {
    const holder = running.get(name);
    if (!holder) {
      const run = isLocal
        ? work().then((result) => ({ result }))
        : inSlot(deadline, () => tryTurn(name, work));
      const turn = run.finally(() => running.delete(name));
      running.set(name, turn);
      const done = await turn;
      if (done) return done.result;
    }
    const left = deadline - performance.now();
    if (left <= 0) throw inUse();
    const pause = sleep(holder ? left : Math.min(POLL_MS, left));
    await Promise.race(holder ? [holder.catch(() => {}), pause] : [pause]);
  }
}

/** Null when another instance is working for this name. */
async function tryTurn<Result>(
  name: string,
  work: () => Promise<Result>,
): Promise<{ result: Result } | null> {
  return await db().$transaction(
    async (tx) => {
      const [row] = await tx.$queryRaw<{ isOurs: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(hashtextextended(${`idempotency ${name}`}, 0)) AS "isOurs",
               set_config('idle_in_transaction_session_timeout', '0', true)`;
      return row?.isOurs ? { result: await work() } : null;
    },
    { maxWait: 10_000, timeout: MAX_RUN_MS },
  );
}

async function inSlot<Result>(deadline: number, work: () => Promise<Result>): Promise<Result> {
  if (freeSlots === 0) await waitForSlot(deadline);
  else freeSlots -= 1;
  try {
    return await work();
  } finally {
    const [next] = waitingForSlot;
    if (next) next();
    else freeSlots += 1;
  }
}

/** Waits until another one hands its slot over. */
async function waitForSlot(deadline: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const take = () => {
      waitingForSlot.delete(take);
      clearTimeout(timer);
      resolve();
    };
    const giveUp = () => {
      waitingForSlot.delete(take);
      reject(tooManyAtOnce());
    };
    const timer = setTimeout(giveUp, Math.max(0, deadline - performance.now()));
    waitingForSlot.add(take);
  });
}

function tooManyAtOnce(): AppError {
  return new AppError(
    "UNAVAILABLE",
    "Too many requests with an Idempotency-Key are being carried out. Nothing was changed. Send it again in a moment.",
  );
}

function inUse(): AppError {
  return new AppError(
    "CONFLICT",
    "The first request with this Idempotency-Key is still being carried out. Send this one again in a moment.",
  );
}
