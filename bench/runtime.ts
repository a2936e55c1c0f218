import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ContractServer, TOKEN } from "../sdk/testing/contract-server.ts";
import { median, percentile } from "./harness/median.ts";
import type { Program } from "./harness/program.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";
import type { PayloadLoad, PayloadsSent } from "./programs/payloads.ts";

export const name = "runtime";

// Short ones in turns: the machine is faster in one minute than in the next.
const ROUNDS = 11;
/** A connection waits for its answer, and that for the disk: so many fill what is decided and flushed meanwhile. */
const CONNECTIONS = 400;
const WARM_UP_MS = 3_000;
const ROUND_MS = 2_000;
const CALM_MS = 5_000;
const CALM_PER_SECOND = 500;

type Scene = { loader: Program; runtime: Program; business: Program; sentBefore: number };
type Load = Pick<PayloadLoad, "milliseconds" | "perSecond">;
type Cpu = { all: number; thread: number };
type Round = Record<"ours" | "taken" | "bare", number> & Record<"oursCpu" | "bareCpu", Cpu>;

/** Payloads of Meta's, each with one message, until its webhook has been taken by the business. */
export async function run(stage: Stage): Promise<Row[]> {
  const reference = await stage.startRuntime("bare-runtime");
  const scene = await setScene(stage);
  const rounds: Round[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const load = { milliseconds: round === 0 ? WARM_UP_MS : ROUND_MS };
    const [bare, bareCpu] = await withCpu(reference, () => post(scene, reference, load));
    const [ours, oursCpu] = await withCpu(scene.runtime, () => postAndDeliver(scene, load));
    if (round === 0) continue;
    const perSecond = (count: number, ms: number) => (count * 1_000) / ms;
    rounds.push({
      ours: perSecond(ours.latencies.length, ours.deliveredMs),
      taken: perSecond(ours.latencies.length, ours.answeredMs),
      bare: perSecond(bare.sentAt.length, bare.milliseconds),
      oursCpu: oursCpu(ours.latencies.length),
      bareCpu: bareCpu(bare.sentAt.length),
    });
  }
  const calm = { milliseconds: CALM_MS, perSecond: CALM_PER_SECOND };
  return toRows(rounds, (await postAndDeliver(scene, calm)).latencies);
}

function toRows(rounds: readonly Round[], calm: readonly number[]): Row[] {
  const of = (what: "ours" | "taken" | "bare") => median(rounds.map((round) => round[what]));
  const cpuOf = (whose: "oursCpu" | "bareCpu", what: keyof Cpu) =>
    median(rounds.map((round) => round[whose][what]));
  const reference = { what: "the same server that parses and answers", value: of("bare") };
  return [
    { what: "payloads/s, until delivered", value: of("ours"), reference, target: { atLeast: 0.5 } },
    { what: "payloads/s, until on disk and answered", value: of("taken"), reference },
    {
      what: "CPU µs a payload, the runtime's process",
      value: cpuOf("oursCpu", "all"),
      reference: { ...reference, value: cpuOf("bareCpu", "all") },
    },
    {
      what: "CPU µs a payload, the thread that takes it",
      value: cpuOf("oursCpu", "thread"),
      reference: { ...reference, value: cpuOf("bareCpu", "thread") },
    },
    { what: `ms to the business, p50 at ${CALM_PER_SECOND}/s`, value: percentile(calm, 0.5) },
    { what: `ms to the business, p99 at ${CALM_PER_SECOND}/s`, value: percentile(calm, 0.99) },
  ];
}

/** A runtime with an empty store, a console that keeps the contract, and a business. */
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
  return { loader: await stage.start("payloads"), runtime, business, sentBefore: 0 };
}

/** With the processor's time that the program used for it, in microseconds for each of so many. */
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

/** Until the last webhook was taken; latencies are from a payload sent to its webhook taken. */
async function postAndDeliver(scene: Scene, load: Load) {
  const { business, runtime } = scene;
  const from = scene.sentBefore;
  const { sentAt, milliseconds } = await post(scene, runtime, load);
  scene.sentBefore += sentAt.length;
  while ((await business.ask<number>("count")) < scene.sentBefore) await sleep(10);
  const arrivals = (await business.ask<number[]>("arrivals")).slice(from);
  const latencies = arrivals.map((at, place) => at - (sentAt[place] ?? at));
  const last = arrivals.reduce((latest, at) => Math.max(latest, at), 0);
  return { latencies, answeredMs: milliseconds, deliveredMs: last - (sentAt[0] ?? last) };
}
