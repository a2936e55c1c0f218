import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { followTrail } from "#lib/audit/follow/follow-trail.ts";
import { noticeFollower } from "#lib/notices/notice-follower.ts";

/** Something that happened in the demo's past: so many days ago, at a time of UTC such as `14:05`. */
export type DemoStep = { daysAgo: number; at: string; does: () => Promise<unknown> };

/** When a step really ran, by the database's clock, and when it is to have happened. */
export type RanStep = { from: Date; happenedAt: Date };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** People are told of what happened since. */
const TOLD_SINCE_DAYS = 10;
/** Longer than the rounding of a time in the database. */
const BETWEEN_MS = 2;

/** Runs the steps in the order in which they are to have happened. */
export async function runSteps(steps: readonly DemoStep[], owner: pg.Client): Promise<RanStep[]> {
  const inOrder = steps
    .map((step) => ({ ...step, happenedAt: toInstant(step) }))
    .sort((one, other) => one.happenedAt.getTime() - other.happenedAt.getTime());
  const ran: RanStep[] = [];
  let isFollowed = false;
  for (const { daysAgo, does, ...step } of inOrder) {
    const happenedAt = toAfter(step.happenedAt, ran.at(-1)?.happenedAt);
    const isTold = daysAgo <= TOLD_SINCE_DAYS;
    // A new follower begins at the trail's end.
    if (isTold && !isFollowed) isFollowed = !(await followTrail(noticeFollower));
    await sleep(BETWEEN_MS);
    ran.push({ from: await readClock(owner), happenedAt });
    await does();
    if (isTold) await followTrail(noticeFollower);
  }
  return ran;
}

/** The time of a step, a minute or more after the one before. */
function toAfter(at: Date, before: Date | undefined): Date {
  return new Date(Math.max(at.getTime(), (before?.getTime() ?? 0) + MINUTE_MS));
}

/** The instant of a step; it does not depend on when during a day the demo starts. */
export function toInstant({ daysAgo, at }: Pick<DemoStep, "daysAgo" | "at">): Date {
  const day = new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);
  return new Date(`${day}T${at}:00Z`);
}

/** The database's clock, by which all times are taken. */
export async function readClock(owner: pg.Client): Promise<Date> {
  const { rows } = await owner.query("SELECT extract(epoch FROM clock_timestamp()) AS seconds");
  return new Date(Math.floor(Number(rows[0].seconds) * 1_000));
}
