import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useOwnCluster } from "#testing/database/own-cluster.ts";
import { aNumber } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { type ConsoleProcess, startConsole } from "#testing/http/console-process.ts";
import { Follower } from "#testing/http/follow-flags.ts";

/** FAULT_OUTAGE_SECONDS=20 for the long one. */
const OUTAGE_MS = Number(process.env.FAULT_OUTAGE_SECONDS ?? 5) * 1_000;
const LARGEST_GROWTH_BYTES = 40_000_000;

const cluster = useOwnCluster({ restartAfterMs: OUTAGE_MS });
let consoles: ConsoleProcess[] = [];
let admin: string;
let runtime: string;
let ids: string[];

beforeAll(async () => {
  admin = await anApiToken("admin");
  runtime = await anApiToken("flags:read");
  ids = await Promise.all(Array.from({ length: 8 }, () => aNumber()));
  consoles = await Promise.all([1, 2].map(() => startConsole({ databaseUrl: cluster.appUrl() })));
});
afterAll(() => Promise.all(consoles.map((one) => one.kill())));

type Flip = { status: number; milliseconds: number; code: string | undefined };

/** Flips over and over, through either console, and notes each answer. */
async function flipUntil(stopping: AbortSignal, answers: Flip[]): Promise<void> {
  for (let turn = 0; !stopping.aborted; turn += 1) {
    const [{ url }, id] = [consoles[turn % 2] as ConsoleProcess, ids[turn % ids.length]];
    const sentAt = performance.now();
    const answer = await fetch(`${url}/api/v1/numbers/${id}/flag`, {
      method: "PUT",
      headers: { authorization: `Bearer ${admin}`, "content-type": "application/json" },
      body: JSON.stringify({ acceptsBsuid: turn % 3 !== 0, reason: "Under load" }),
    });
    const { code } = (await answer.json()) as { code?: string };
    answers.push({ status: answer.status, milliseconds: performance.now() - sentAt, code });
    await sleep(answer.ok ? 5 : 100);
  }
}

function follow(how: "stream" | "poll" | "wait"): Follower[] {
  return consoles.flatMap(({ url }) =>
    Array.from({ length: 10 }, () => new Follower({ url, token: runtime, how })),
  );
}

async function readReadiness() {
  return await Promise.all(
    consoles.map(async ({ url }) => {
      const answer = await fetch(`${url}/readyz`);
      const { database } = (await answer.json()) as { database: string };
      return `${answer.status} ${database}`;
    }),
  );
}

async function readTruth(): Promise<{ revision: number; accepts: string[] }> {
  return await withClient(cluster.ownerUrl(), async (owner) => {
    const ledger = await owner.query<{ revision: string }>("SELECT revision FROM ledger");
    const numbers = await owner.query<{ phone_number_id: string }>(
      "SELECT phone_number_id FROM number WHERE accepts_bsuid ORDER BY 1",
    );
    return {
      revision: Number(ledger.rows[0]?.revision),
      accepts: numbers.rows.map((row) => row.phone_number_id),
    };
  });
}

const readMemory = async () =>
  await Promise.all(consoles.map(async (one) => (await one.readVitals()).heapUsed));

test("PostgreSQL killed under load and started again: flags from memory, words within 5 s, the truth afterwards", async () => {
  const followers = [...follow("stream"), ...follow("poll"), ...follow("wait")];
  const stopping = new AbortController();
  const answers: Flip[] = [];
  const flipping = flipUntil(stopping.signal, answers);
  await expect.poll(() => answers.length, { timeout: 30_000 }).toBeGreaterThan(30);
  const memoryBefore = await readMemory();

  cluster.killServer();
  await expect.poll(readReadiness, { timeout: 4_000 }).toEqual(["200 down", "200 down"]);
  const aged = followers.filter(({ largestAge }) => largestAge >= 0);
  await expect.poll(() => followers.filter((one) => one.largestAge >= 1).length).toBe(20);
  expect(aged.every((one) => !one.statuses.has(503))).toBe(true);

  await expect
    .poll(readReadiness, { timeout: OUTAGE_MS + 20_000, interval: 200 })
    .toEqual(["200 up", "200 up"]);
  const flippedBefore = answers.length;
  await expect
    .poll(() => answers.slice(flippedBefore).some(({ status }) => status === 200))
    .toBe(true);
  stopping.abort();
  await flipping;

  const truth = await readTruth();
  for (const one of followers) {
    await expect
      .poll(() => ({ revision: one.revision, accepts: [...one.accepts].sort() }), {
        timeout: 5_000,
      })
      .toEqual(truth);
  }
  await Promise.all(followers.map((one) => one.stop()));
  expect(followers.flatMap(({ faults }) => faults)).toEqual([]);
  for (const { status, milliseconds, code } of answers) {
    expect([status, code]).toEqual(status === 200 ? [200, undefined] : [503, "UNAVAILABLE"]);
    expect(milliseconds).toBeLessThan(5_000);
  }
  expect(answers.some(({ status }) => status === 503)).toBe(true);
  for (const one of consoles) {
    expect(one.ending()).toBeNull();
    await expect.poll(async () => (await one.readVitals()).listeners).toBe(0);
  }
  for (const [index, after] of (await readMemory()).entries()) {
    expect(after - (memoryBefore[index] ?? 0)).toBeLessThan(LARGEST_GROWTH_BYTES);
  }
  // PostgreSQL recovers from a kill, and clients reconnect.
}, 60_000);
