import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SystemActor } from "../access/actor.ts";
import { logger } from "../logger.ts";
import { readTimeToNext } from "./run/read-pending.ts";
import { runDueSchedules } from "./run-due-schedules.ts";

/** The longest time between two looks: a schedule that was made meanwhile is carried out within it. */
const LOOK_EVERY_MS = 1_000;

/** A new actor for carrying out schedules. */
export function newScheduleRunner(): SystemActor {
  return {
    type: "system",
    id: "schedule-runner",
    name: "Schedule runner",
    permissions: ["schedule:run"],
    origin: { requestId: randomUUID(), channel: "schedule", ip: null, userAgent: null },
  };
}

/**
 * Carries out schedules at their time, until it is stopped. Wakes up at the time of the next one, and each
 * second to see what was made or moved meanwhile; a lost database is asked again a second later.
 *
 * @returns a function that stops it, and waits for what is running
 */
export function startScheduleRunner(): () => Promise<void> {
  const stopping = new AbortController();
  const running = follow(stopping.signal);
  return async () => {
    stopping.abort();
    await running;
  };
}

async function follow(signal: AbortSignal): Promise<void> {
  let isAway = false;
  while (!signal.aborted) {
    let waitMs = LOOK_EVERY_MS;
    try {
      const done = await runDueSchedules(newScheduleRunner());
      // What followed those may have its time already.
      waitMs = done > 0 ? 0 : Math.min(waitMs, (await readTimeToNext()) ?? waitMs);
      isAway = false;
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      if (!isAway)
        logger().warn({ cause }, "Schedules cannot be carried out; tried again each second.");
      isAway = true;
    }
    await sleep(waitMs, undefined, { signal, ref: false }).catch(() => {});
  }
}
