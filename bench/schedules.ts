import { setTimeout as sleep } from "node:timers/promises";
import { db } from "#lib/db/client.ts";
import { aPerson, aToken } from "#testing/factories.ts";
import { manySchedules } from "#testing/many-schedules.ts";
import { percentile } from "./harness/median.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";

export const name = "schedules";

const COUNT = 1_000;
const AHEAD_MS = 5_000;
const QUIET_MS = 3_000;
const POLL_EVERY_MS = 5;
const PATIENCE_MS = 60_000;

/**
 * A thousand schedules of one time, each of its own number, and the polls of a runtime beside them: the console
 * that serves the polls carries them out.
 */
export async function run(stage: Stage): Promise<Row[]> {
  await stage.database();
  const { secret } = await aToken({ scopes: ["flags:read"] });
  const subject = await stage.start("console", { runsSchedules: true });
  const url = `${await subject.ask<string>("url")}/api/v1/flags`;
  const poll = () => measurePoll(url, secret);
  // Warms up what polls and schedules take.
  await runMany(50, poll);
  const quiet = await pollUntil(
    sleep(QUIET_MS).then(() => true),
    poll,
  );
  const { lastMs, polls } = await runMany(COUNT, poll);
  return [
    {
      what: "s from their time until the last of 1,000 schedules is done",
      value: lastMs / 1_000,
      target: { atMost: 5 },
    },
    {
      what: "p99 ms of a poll meanwhile",
      value: percentile(polls, 0.99),
      reference: { what: "of a poll before", value: percentile(quiet, 0.99) },
      target: { atMost: 50, byValue: true },
    },
  ];
}

async function runMany(count: number, poll: () => Promise<number>) {
  const support = await aPerson("support");
  const at = new Date(Date.now() + AHEAD_MS);
  await manySchedules({ authorId: support.id, count, at });
  await sleep(at.getTime() - Date.now());
  const polls = await pollUntil(untilDone(at), poll);
  const last = await db().schedule.findFirstOrThrow({
    where: { at },
    orderBy: { endedAt: "desc" },
  });
  return { lastMs: (last.endedAt?.getTime() ?? Number.NaN) - at.getTime(), polls };
}

async function untilDone(at: Date): Promise<void> {
  const startedAt = performance.now();
  while ((await db().schedule.count({ where: { at, NOT: { state: "done" } } })) > 0) {
    if (performance.now() - startedAt > PATIENCE_MS) throw new Error("They were not all done.");
    await sleep(50);
  }
}

/** Polls until something has happened; the milliseconds that each took. */
async function pollUntil(happened: Promise<unknown>, poll: () => Promise<number>) {
  const polls: number[] = [];
  let isOver = false;
  const watched = happened.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    polls.push(await poll());
    await sleep(POLL_EVERY_MS);
  }
  await watched;
  return polls;
}

async function measurePoll(url: string, token: string): Promise<number> {
  const startedAt = performance.now();
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`A poll was answered ${answer.status}.`);
  return performance.now() - startedAt;
}
