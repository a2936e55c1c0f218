import { setFlags } from "#lib/flags/set-flags.ts";
import { aPerson, aToken } from "#testing/factories.ts";
import { fillNumbers, switchOn } from "./harness/fill-numbers.ts";
import { median } from "./harness/median.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";

export const name = "scale";

const FEW = { numbers: 1_000, accepting: 200 };
const MANY = { numbers: 1_000_000, accepting: 200_000 };
const FLIPS = 40;
const MEGABYTE = 1e6;

type Measured = {
  readyMs: number;
  residentMb: number;
  deltaMs: number;
  deltaBytes: number;
  snapshotBytes: Record<"identity" | "gzip" | "br", number>;
};

/** The console with a thousand numbers and with a million, of which a fifth accepts. */
export async function run(stage: Stage): Promise<Row[]> {
  await stage.database();
  const { secret } = await aToken({ scopes: ["flags:read"] });
  const headers = { authorization: `Bearer ${secret}` };
  const few = await measure(stage, { size: FEW, offset: 0, headers });
  const many = await measure(stage, { size: MANY, offset: FEW.numbers, headers });
  const atFew = (value: number) => ({ what: "with 1,000 numbers", value });
  return [
    { what: "ms from start to ready", value: many.readyMs, reference: atFew(few.readyMs) },
    { what: "MB resident, over those with 1,000 numbers", value: many.residentMb - few.residentMb },
    { what: "MB resident, the whole process", value: many.residentMb, target: { atMost: 250 } },
    { what: "bytes of the snapshot", value: many.snapshotBytes.identity },
    { what: "bytes of the snapshot, gzip", value: many.snapshotBytes.gzip },
    { what: "bytes of the snapshot, brotli", value: many.snapshotBytes.br },
    {
      what: "bytes of one flip for a delta poller",
      value: many.deltaBytes,
      reference: atFew(few.deltaBytes),
      target: { atMost: 1.1 },
    },
    {
      what: "ms of one flip for a delta poller",
      value: many.deltaMs,
      reference: atFew(few.deltaMs),
      target: { atMost: 1.5 },
    },
  ];
}

type Setting = { size: typeof FEW; offset: number; headers: Record<string, string> };

async function measure(stage: Stage, { size, offset, headers }: Setting): Promise<Measured> {
  const ids = await fillNumbers({ from: offset, to: size.numbers });
  await switchOn(ids.slice(0, size.accepting - (offset > 0 ? FEW.accepting : 0)));
  const program = await stage.start("console", { hasNext: true });
  const readyMs = await program.ask<number>("readyMs");
  const url = `${await program.ask<string>("url")}/api/v1/flags`;
  const snapshotBytes = {
    identity: await readSize(url, { ...headers, "accept-encoding": "identity" }),
    gzip: await readSize(url, { ...headers, "accept-encoding": "gzip" }),
    br: await readSize(url, { ...headers, "accept-encoding": "br" }),
  };
  const deltas = await pollDeltas(url, { headers, phoneNumberId: ids.at(-1) ?? "" });
  const residentMb = (await program.ask<number>("residentBytes")) / MEGABYTE;
  await program.stop();
  return { readyMs, residentMb, snapshotBytes, ...deltas };
}

/** For each of some flips: how long a poller that has the state before it waits, and what it receives. */
async function pollDeltas(
  url: string,
  { headers, phoneNumberId }: { headers: Record<string, string>; phoneNumberId: string },
): Promise<{ deltaMs: number; deltaBytes: number }> {
  const actor = await aPerson("support");
  const times: number[] = [];
  const sizes: number[] = [];
  for (let count = 0; count < FLIPS; count += 1) {
    const since = await readCursor(url, headers);
    const change = { phoneNumberId, acceptsBsuid: count % 2 === 0 };
    const polled = fetch(`${url}?since=${since}`, { headers: { ...headers, prefer: "wait=10" } });
    await setFlags(actor, { changes: [change], reason: "A benchmark flips it" });
    sizes.push((await (await polled).text()).length);
    const startedAt = performance.now();
    await (await fetch(`${url}?since=${since}`, { headers })).text();
    times.push(performance.now() - startedAt);
  }
  return { deltaMs: median(times), deltaBytes: median(sizes) };
}

/** The current tag, without a body: any tag of the right form gets an answer that names the current one. */
async function readCursor(url: string, headers: Record<string, string>): Promise<string> {
  const answer = await fetch(url, { headers: { ...headers, "if-none-match": "*" } });
  return (answer.headers.get("etag") ?? "").replaceAll('"', "");
}

/** The size as sent: fetch would decompress the body. */
async function readSize(url: string, headers: Record<string, string>): Promise<number> {
  const answer = await fetch(url, { headers });
  await answer.arrayBuffer();
  return Number(answer.headers.get("content-length"));
}
