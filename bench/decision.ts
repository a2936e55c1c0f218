import { createFlagClient, type FlagClient } from "#sdk/flag-client.ts";
import type { Row } from "./harness/row.ts";

export const name = "decision";

const ROUNDS = 7;
const LOOKUPS = 65_536;
const MILLION = 1e6;
/** An id as a message brings it: a freshly parsed string, not the object that is in the set. */
const parse = (id: string): string => JSON.parse(JSON.stringify(id)) as string;

/**
 * Lookups a second in a client, with few and with many numbers on; half of the lookups are for numbers that
 * are on. The reference is a bare `Set.has` with the same numbers and lookups, in turns with the client.
 */
export async function run(): Promise<Row[]> {
  return [await measure(100), await measure(200_000)];
}

async function measure(numbersOn: number): Promise<Row> {
  const on = Array.from({ length: numbersOn }, (_, at) => toId(2 * at));
  const client = await aClientWith(on);
  const bare = new Set(on);
  const asked = Array.from({ length: LOOKUPS }, () =>
    parse(toId(Math.floor(Math.random() * 2 * numbersOn))),
  );
  let clientBest = 0;
  let bareBest = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    bareBest = Math.max(
      bareBest,
      perSecond((id) => bare.has(id), asked),
    );
    clientBest = Math.max(
      clientBest,
      perSecond((id) => client.acceptsBsuid(id), asked),
    );
  }
  await client.close();
  return {
    what: `million lookups/s, ${numbersOn.toLocaleString("en")} numbers on`,
    value: clientBest / MILLION,
    reference: { what: "a bare Set.has", value: bareBest / MILLION },
    target: { atLeast: 20, byValue: true },
  };
}

/** An id of fifteen digits; ids of neighbours are far apart, as Meta's are. */
function toId(index: number): string {
  return String(100_000_000_000_000 + index * 1_000_003);
}

/** A client that has fetched this snapshot; a function stands in for the console. */
async function aClientWith(accepts: string[]): Promise<FlagClient> {
  const snapshot = { kind: "snapshot", cursor: "1.00000000", revision: 1, default: false, accepts };
  const fetch = async (input: string | URL | Request) =>
    String(input).endsWith("/api/v1/flags")
      ? Response.json(snapshot)
      : new Response(null, { status: 404 });
  const url = "http://console.invalid";
  const timing = { baseBackoffMs: 0, pollIntervalMs: 60_000 };
  const client = createFlagClient({ url, token: "none", instanceId: "bench", fetch, timing });
  await client.ready({ timeoutMs: 30_000 });
  return client;
}

function perSecond(isOn: (id: string) => boolean, asked: readonly string[]): number {
  const repeats = 40;
  let count = 0;
  const started = performance.now();
  for (let repeat = 0; repeat < repeats; repeat += 1)
    for (const id of asked) if (isOn(id)) count += 1;
  const seconds = (performance.now() - started) / 1_000;
  // The count is used, so that the optimiser cannot drop the lookups.
  if (count === 0) throw new Error("No number that was asked for is on.");
  return (repeats * asked.length) / seconds;
}
