import { aNumber, aToken } from "#testing/factories.ts";
import type { BareAnswer } from "../programs/bare.ts";
import type { Load, Loaded } from "../programs/load.ts";
import { median } from "./median.ts";
import type { Program } from "./program.ts";
import type { Row } from "./row.ts";
import type { Stage } from "./stage.ts";

const ROUNDS = 25;
const ROUND_MS = 400;
const WARM_UP_MS = 1_500;
const CONNECTIONS = 50;
const ACCEPTING = 100;
/** Headers that Node itself adds; the reference's Node sends them, too. */
const OF_NODE = new Set(["date", "connection", "keep-alive"]);

type Round = Loaded & { cpuMicroseconds: number };

/** Measures plain polls of the console, in turns with a bare server that gives the same answer. */
export async function measurePolls(
  stage: Stage,
  { isFresh, target }: { isFresh: boolean; target: number },
): Promise<Row[]> {
  await stage.database();
  for (let count = 0; count < ACCEPTING; count += 1) await aNumber({ accepts: true });
  const { secret } = await aToken({ scopes: ["flags:read"] });
  const subject = await stage.start("console");
  const url = `${await subject.ask<string>("url")}/api/v1/flags`;
  const headers: Record<string, string> = { authorization: `Bearer ${secret}` };
  if (isFresh) headers["if-none-match"] = await readEtag(url, headers);
  const answer = await readAnswer(url, headers);
  const reference = await stage.start("bare", answer);
  const bareUrl = `${await reference.ask<string>("url")}/api/v1/flags`;
  const loader = await stage.start("load");
  const ask = (program: Program, address: string, milliseconds: number) =>
    measureRound(loader, program, {
      url: address,
      headers,
      connections: CONNECTIONS,
      milliseconds,
      status: answer.status,
    });
  const rounds: { ours: Round; bare: Round }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const milliseconds = round === 0 ? WARM_UP_MS : ROUND_MS;
    const bare = await ask(reference, bareUrl, milliseconds);
    const ours = await ask(subject, url, milliseconds);
    if (round > 0) rounds.push({ ours, bare });
  }
  return toRows(rounds, target);
}

function toRows(rounds: readonly { ours: Round; bare: Round }[], atLeast: number): Row[] {
  const of = (whose: "ours" | "bare", what: keyof Round) =>
    median(rounds.map((round) => round[whose][what]));
  const bare = "a bare node:http server";
  return [
    {
      what: "requests/s",
      value: of("ours", "perSecond"),
      reference: { what: bare, value: of("bare", "perSecond") },
      target: { atLeast },
    },
    {
      what: "CPU µs a request, the server's process",
      value: of("ours", "cpuMicroseconds"),
      reference: { what: bare, value: of("bare", "cpuMicroseconds") },
    },
    {
      what: "p99 ms, from 50 connections",
      value: of("ours", "p99Ms"),
      reference: { what: bare, value: of("bare", "p99Ms") },
    },
  ];
}

async function measureRound(loader: Program, program: Program, load: Load): Promise<Round> {
  const before = await program.ask<number>("cpuMs");
  const loaded = await loader.ask<Loaded>("load", load);
  const after = await program.ask<number>("cpuMs");
  const requests = (loaded.perSecond * load.milliseconds) / 1_000;
  return { ...loaded, cpuMicroseconds: ((after - before) * 1_000) / requests };
}

async function readEtag(url: string, headers: Record<string, string>): Promise<string> {
  return (await fetch(url, { headers })).headers.get("etag") ?? "";
}

/** The second answer: a token's first one comes from the route, not from the fast lane. */
async function readAnswer(url: string, headers: Record<string, string>): Promise<BareAnswer> {
  await (await fetch(url, { headers })).text();
  const answer = await fetch(url, { headers: { ...headers, "accept-encoding": "identity" } });
  const kept = [...answer.headers].filter(([name]) => !OF_NODE.has(name));
  return { status: answer.status, headers: Object.fromEntries(kept), body: await answer.text() };
}
