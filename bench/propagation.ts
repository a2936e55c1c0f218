import { setTimeout as sleep } from "node:timers/promises";
import { aToken } from "#testing/factories.ts";
import { percentile } from "./harness/median.ts";
import type { Program } from "./harness/program.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";
import type { Flip } from "./programs/flips.ts";

export const name = "propagation";

const FLIPS = 300;
const WARM_UP = 20;
/** Pauses are random, so that flips do not fall into step with one of our timers. */
const MIN_PAUSE_MS = 20;
const MAX_PAUSE_MS = 60;
const PATIENCE_MS = 5_000;

/**
 * The time from a flip's commit on one instance to its event at a stream client of another: two servers,
 * the clients and PostgreSQL, each in a process of its own.
 */
export async function run(stage: Stage): Promise<Row[]> {
  await stage.database();
  const { secret: token } = await aToken({ scopes: ["flags:read"] });
  const here = await stage.start("flips");
  const there = await stage.start("console");
  const listener = await stage.start("listener");
  const url = await there.ask<string>("url");
  const rows: Row[] = [];
  for (const { count, atMost, what } of [
    { count: 0, atMost: 25, what: "alone" },
    { count: 1_000, atMost: 100, what: "with 1,000 streams open" },
  ]) {
    const clients = await stage.start("streams");
    await clients.ask("open", { url, token, count });
    const delays = await measureDelays(here, { clients, listener });
    for (const [title, share] of [
      ["p50", 0.5],
      ["p99", 0.99],
    ] as const) {
      const value = percentile(
        delays.map(({ client }) => client),
        share,
      );
      const bare = percentile(
        delays.map(({ notified }) => notified),
        share,
      );
      rows.push({
        what: `${title} ms, ${what}; a bare LISTEN got the same flips in ${bare.toFixed(1)}`,
        value,
        ...(title === "p99" ? { target: { atMost } } : {}),
      });
    }
    await clients.stop();
  }
  return rows;
}

type Delay = { client: number; notified: number };

/** The delays in milliseconds; a flip that is seen before its own answer counts as 0. */
async function measureDelays(
  here: Program,
  { clients, listener }: { clients: Program; listener: Program },
): Promise<Delay[]> {
  const delays: Delay[] = [];
  for (let count = -WARM_UP; count < FLIPS; count += 1) {
    const { revision, committedAtMs } = await here.ask<Flip>("flip");
    const after = async (program: Program) =>
      Math.max(0, (await untilSeen(program, revision)) - committedAtMs);
    // Queried only after it should have arrived, so that the query does not disturb the measurement.
    await sleep(MIN_PAUSE_MS + Math.random() * MAX_PAUSE_MS);
    const delay = { client: await after(clients), notified: await after(listener) };
    if (count >= 0) delays.push(delay);
  }
  return delays;
}

async function untilSeen(clients: Program, revision: number): Promise<number> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < PATIENCE_MS) {
    const seen = await clients.ask<number | undefined>("seenAtMs", { revision });
    if (seen !== undefined) return seen;
    await sleep(5);
  }
  throw new Error(`Revision ${revision} did not reach the client within ${PATIENCE_MS} ms.`);
}
