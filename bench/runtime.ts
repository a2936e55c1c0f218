import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ContractServer, TOKEN } from "../sdk/testing/contract-server.ts";
import { median, percentile } from "./harness/median.ts";
import { monotonicMs } from "./harness/monotonic-ms.ts";
import type { Program } from "./harness/program.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";
import type { PayloadLoad, PayloadsSent } from "./programs/payloads.ts";

export const name = "runtime";

/** Runtimes, each with a reference of its own: some processes are compiled or scheduled better than others. */
const PAIRS = 5;
/** Rounds of each pair, in turns: the machine is faster in some minutes than in others. */
const ROUNDS = 3;
/** Each connection waits for its answer, and the answer for the disk: this many keep the runtime busy meanwhile. */
const CONNECTIONS = 400;
const WARM_UP_MS = 3_000;
const ROUND_MS = 1_500;
const CALM_MS = 1_000;
const CALM_PER_SECOND = 500;
/** After this long without a webhook the benchmark fails: every payload should lead to one. */
const MAX_QUIET_MS = 10_000;

type Scene = Record<"reference" | "loader" | "runtime" | "business", Program> & {
  sentBefore: number;
};
type Load = Pick<PayloadLoad, "milliseconds" | "perSecond">;
type Cpu = { all: number; thread: number };
/** One measurement of the runtime, and of the reference right before it. */
type Both = { ours: number; bare: number };
type Round = Record<"delivered" | "taken" | "processCpu" | "threadCpu", Both>;

/** Meta's payloads, each with one message, until the business has accepted its webhook. */
export async function run(stage: Stage): Promise<Row[]> {
  const rounds: Round[] = [];
  const calm: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const scene = await setScene(stage);
    await runRound(scene, WARM_UP_MS);
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await runRound(scene, ROUND_MS));
    const load = { milliseconds: CALM_MS, perSecond: CALM_PER_SECOND };
    calm.push(...(await postAndDeliver(scene, load)).latencies);
    await stage.clear();
  }
  return toRows(rounds, calm);
}

async function runRound(scene: Scene, milliseconds: number): Promise<Round> {
  const { reference, runtime } = scene;
  const load = { milliseconds };
  const [answered, bareCpu] = await withCpu(reference, () => post(scene, reference, load));
  const [delivered, oursCpu] = await withCpu(runtime, () => postAndDeliver(scene, load));
  const [asked, taken] = [answered.sentAt.length, delivered.latencies.length];
  const bare = (asked * 1_000) / answered.milliseconds;
  const cpu = (what: keyof Cpu) => ({ ours: oursCpu(taken)[what], bare: bareCpu(asked)[what] });
  return {
    delivered: { ours: (taken * 1_000) / delivered.deliveredMs, bare },
    taken: { ours: (taken * 1_000) / delivered.answeredMs, bare },
    processCpu: cpu("all"),
    threadCpu: cpu("thread"),
  };
}

function toRows(rounds: readonly Round[], calm: readonly number[]): Row[] {
  const toRow = (what: string, quantity: keyof Round) => {
    const { ours, bare } = middleOf(rounds.map((round) => round[quantity]));
    const reference = { what: "the same server that parses and answers", value: bare };
    return { what, value: ours, reference };
  };
  return [
    { ...toRow("payloads/s, until delivered", "delivered"), target: { atLeast: 0.5 } },
    toRow("payloads/s, until on disk and answered", "taken"),
    toRow("CPU µs a payload, the runtime's process", "processCpu"),
    toRow("CPU µs a payload, the thread that takes it", "threadCpu"),
    { what: `ms to the business, p50 at ${CALM_PER_SECOND}/s`, value: percentile(calm, 0.5) },
    { what: `ms to the business, p99 at ${CALM_PER_SECOND}/s`, value: percentile(calm, 0.99) },
  ];
}

/** The pair with the median ratio. Ratios are compared since only the two of one round saw the same machine. */
function middleOf(all: readonly Both[]): Both {
  const ratio = ({ ours, bare }: Both) => ours / bare;
  const middle = median(all.map(ratio));
  const middleOne = all.find((both) => ratio(both) === middle);
  if (!middleOne) throw new Error("Nothing was measured.");
  return middleOne;
}

/** Starts a runtime with an empty store, a console that keeps the contract, and a business. */
async function setScene(stage: Stage): Promise<Scene> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "bsuid-runtime-bench-"));
  stage.add(() => rm(dataDir, { recursive: true, force: true }));
  const console = await new ContractServer().start();
  stage.add(() => console.stop());
  const business = await stage.start("webhooks");
  const settings = {
    CONSOLE_URL: console.url,
    RUNTIME_TOKEN: TOKEN,
    RUNTIME_PORT: "0",
    RUNTIME_DATA_DIR: dataDir,
    WEBHOOK_URL: await business.ask<string>("url"),
    WEBHOOK_SECRET: "of a benchmark",
    LOG_LEVEL: "error",
  };
  const runtime = await stage.startRuntime("runtime", settings);
  const url = await runtime.ask<string>("url");
  const hasFlags = async () => (await (await fetch(`${url}/healthz`)).json()).flags.cursor !== null;
  while (!(await hasFlags())) await sleep(20);
  const reference = await stage.startRuntime("bare-runtime");
  return { reference, loader: await stage.start("payloads"), runtime, business, sentBefore: 0 };
}

/** The result of `work`, and the CPU time that the program used for it, in microseconds an item. */
async function withCpu<Result>(
  program: Program,
  work: () => Promise<Result>,
): Promise<[Result, (count: number) => Cpu]> {
  const ask = async () => ({
    all: await program.ask<number>("cpuMs"),
    thread: await program.ask<number>("threadCpuMs"),
  });
  const before = await ask();
  const result = await work();
  const after = await ask();
  const of = (what: keyof Cpu, count: number) => ((after[what] - before[what]) * 1_000) / count;
  return [result, (count) => ({ all: of("all", count), thread: of("thread", count) })];
}

async function post({ loader, sentBefore }: Scene, server: Program, load: Load) {
  const url = await server.ask<string>("url");
  const about = { ...load, url, connections: CONNECTIONS, from: sentBefore };
  return await loader.ask<PayloadsSent>("post", about);
}

/** Posts until the last webhook was accepted. A latency is from sending a payload to accepting its webhook. */
async function postAndDeliver(scene: Scene, load: Load) {
  const { business, runtime } = scene;
  const from = scene.sentBefore;
  const { sentAt, milliseconds } = await post(scene, runtime, load);
  scene.sentBefore += sentAt.length;
  await allArrived(business, scene.sentBefore);
  const arrivals = (await business.ask<number[]>("arrivals")).slice(from);
  const latencies = arrivals.map((at, index) => at - (sentAt[index] ?? at));
  const last = arrivals.reduce((latest, at) => Math.max(latest, at), 0);
  return { latencies, answeredMs: milliseconds, deliveredMs: last - (sentAt[0] ?? last) };
}

/** @throws Error when some webhooks are missing, and none came for a while */
async function allArrived(business: Program, expected: number): Promise<void> {
  let [count, since] = [0, monotonicMs()];
  while (count < expected) {
    const now = await business.ask<number>("count");
    if (now > count) [count, since] = [now, monotonicMs()];
    else if (monotonicMs() - since > MAX_QUIET_MS)
      throw new Error(`${expected - count} of ${expected} payloads reached no business.`);
    await sleep(10);
  }
}
