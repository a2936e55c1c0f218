import type { SystemActor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { db } from "../db/client.ts";
import { isUnavailable } from "../db/is-unavailable.ts";
import { logger } from "../logger.ts";
import type { RunFailure } from "./run/decide-run.ts";
import { findRunActor } from "./run/find-run-actor.ts";
import { postpone } from "./run/postpone.ts";
import { readPending } from "./run/read-pending.ts";
import { recordFailure } from "./run/record-failure.ts";
import { type Run, type RunResult, runGroup } from "./run/run-group.ts";

/** How many numbers a transaction takes on, so that nobody waits for long. */
const MAX_NUMBERS = 50;

/**
 * Carries out the schedules whose time has come, several to a transaction; one that fails delays no other.
 * Any number of consoles may do it at once: the ledger and the rows' locks see to it that each is carried out
 * once. Takes `schedule:run`, which only the console itself has.
 *
 * @returns how many were carried out
 */
export async function runDueSchedules(actor: SystemActor): Promise<number> {
  authorize(actor, "schedule:run");
  const pending = await readPending();
  const runs: Run[] = [];
  for (const schedule of pending) {
    const run = findRunActor(schedule, { ...actor.origin, channel: "schedule" });
    if ("actor" in run) runs.push({ ...schedule, ...run });
    else await fail(actor, schedule, { code: "NOT_PERMITTED", why: run.why });
  }
  let done = 0;
  for (const group of toGroups(runs)) done += await settle(actor, group);
  return done;
}

/** Groups that name each number once, in the order of their time. */
function toGroups(runs: readonly Run[]): Run[][] {
  const groups: Run[][] = [];
  let named = new Set<string>();
  for (const run of runs) {
    const ids = run.phoneNumberIds;
    const fits = named.size + ids.length <= MAX_NUMBERS && !ids.some((id) => named.has(id));
    if (groups.length === 0 || !fits) {
      groups.push([]);
      named = new Set();
    }
    groups.at(-1)?.push(run);
    for (const id of ids) named.add(id);
  }
  return groups;
}

/** Runs a group, or when that fails each one alone, so that none fails for another's fault. */
async function settle(actor: SystemActor, group: readonly Run[]): Promise<number> {
  const results = await attempt(group);
  if (results === null) {
    let done = 0;
    for (const run of group) done += await settle(actor, [run]);
    return done;
  }
  for (const [index, result] of results.entries()) {
    const run = group[index];
    if (run && typeof result === "object") await fail(actor, run, result);
  }
  return results.filter((result) => result === "done").length;
}

/** @returns null for a group that failed as one */
async function attempt(group: readonly Run[]): Promise<RunResult[] | null> {
  try {
    return await runGroup(group);
  } catch (error) {
    if (group.length > 1) return null;
    warn("A schedule could not be carried out.", error, group[0]?.id);
    const why = isUnavailable(error) ? "The database did not answer in time." : "It failed here.";
    return [{ code: "UNAVAILABLE", why }];
  }
}

/**
 * Records a failure, or when that fails counts it at least, so that the others have their turn.
 *
 * @throws when the database is away
 */
async function fail(
  actor: SystemActor,
  run: Pick<Run, "id" | "phoneNumberIds"> & Partial<Pick<Run, "actor">>,
  failure: RunFailure,
): Promise<void> {
  const { id, phoneNumberIds } = run;
  const numbers = phoneNumberIds.length;
  try {
    await recordFailure(actor, { id, numbers, failure, actor: run.actor ?? null });
  } catch (error) {
    warn("A schedule's failure could not be recorded.", error, id);
    await postpone(id).catch(async (reason: unknown) => {
      warn("A schedule could not be put off.", reason, id);
      await db().$queryRaw`SELECT 1`;
    });
  }
}

function warn(message: string, error: unknown, scheduleId: string | undefined): void {
  const cause = error instanceof Error ? error.message : String(error);
  logger().warn({ cause, scheduleId }, message);
}
