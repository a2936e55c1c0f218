import { aNumber, aToken } from "#testing/factories.ts";
import { median } from "./harness/median.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";
import { startBareNext } from "./harness/start-bare-next.ts";
import type { Load, Loaded } from "./programs/load.ts";

export const name = "poll-next";

const ROUNDS = 9;
const ROUND_MS = 700;
const WARM_UP_MS = 3_000;
const CONNECTIONS = 50;
const ACCEPTING = 100;

/** What the fast lane gains: the same poll, answered by it and by Next's own route. */
export async function run(stage: Stage): Promise<Row[]> {
  await stage.database();
  for (let count = 0; count < ACCEPTING; count += 1) await aNumber({ accepts: true });
  const { secret } = await aToken({ scopes: ["flags:read"] });
  const fastLane = await stage.start("console", { hasNext: true });
  const addresses = {
    fastLane: await fastLane.ask<string>("url"),
    next: await startBareNext(stage),
  };
  const loader = await stage.start("load");
  const headers = { authorization: `Bearer ${secret}` };
  const { etag } = await readTag(`${addresses.next}/api/v1/flags`, headers);
  const measure = (url: string, milliseconds: number, isFresh: boolean) =>
    loader.ask<Loaded>("load", {
      url: `${url}/api/v1/flags`,
      headers: isFresh ? { ...headers, "if-none-match": etag } : headers,
      connections: CONNECTIONS,
      milliseconds,
      status: isFresh ? 304 : 200,
    } satisfies Load);
  const rows: Row[] = [];
  for (const isFresh of [true, false]) {
    const rounds: Record<keyof typeof addresses, number[]> = { fastLane: [], next: [] };
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const server of ["next", "fastLane"] as const) {
        const milliseconds = round === 0 ? WARM_UP_MS : ROUND_MS;
        const { perSecond } = await measure(addresses[server], milliseconds, isFresh);
        if (round > 0) rounds[server].push(perSecond);
      }
    }
    rows.push({
      what: `requests/s, answered ${isFresh ? 304 : 200}`,
      value: median(rounds.fastLane),
      reference: { what: "the same route in a bare next start", value: median(rounds.next) },
      target: { atLeast: 20 },
    });
  }
  return rows;
}

async function readTag(url: string, headers: Record<string, string>): Promise<{ etag: string }> {
  const answer = await fetch(url, { headers });
  await answer.arrayBuffer();
  return { etag: answer.headers.get("etag") ?? "" };
}
