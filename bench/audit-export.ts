import { aToken } from "#testing/factories.ts";
import { fillTrail } from "./harness/fill-trail.ts";
import type { Program } from "./harness/program.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";

export const name = "audit-export";

/** The full measurement takes AUDIT_BENCH_EVENTS=1000000 and some minutes. */
const EVENTS = Number(process.env.AUDIT_BENCH_EVENTS ?? 100_000);
const MEGABYTE = 1e6;
/** The reader pauses each time it has read this much, so that the console has to wait for it. */
const REST_EVERY_BYTES = 20 * MEGABYTE;
const REST_MS = 200;

/** Exports a large trail to a reader that pauses now and then: the time, and the console's memory. */
export async function run(stage: Stage): Promise<Row[]> {
  const { ownerUrl } = await stage.database();
  await fillTrail(ownerUrl, EVENTS);
  const { secret } = await aToken({ scopes: ["audit:read"] });
  const rows: Row[] = [];
  for (const format of ["jsonl", "csv"]) {
    // A console for each format, so that the growth by one export does not count for the next.
    const program = await stage.start("console");
    const { growth, bytes, seconds } = await measure(program, { format, secret });
    const events = EVENTS.toLocaleString("en");
    rows.push(
      {
        what: `MB that the console grows by, exporting ${events} events as ${format}`,
        value: growth / MEGABYTE,
        target: { atMost: 64 },
      },
      { what: `events/s as ${format}`, value: EVENTS / seconds },
      { what: `MB exported as ${format}`, value: bytes / MEGABYTE },
    );
    await program.stop();
  }
  return rows;
}

/** By how many bytes the console grew, how many it sent, and how long the reader read or waited without its pauses. */
async function measure(program: Program, { format, secret }: { format: string; secret: string }) {
  const headers = { authorization: `Bearer ${secret}` };
  const url = await program.ask<string>("url");
  // The first export loads code and buffers that stay.
  await (
    await fetch(`${url}/api/v1/audit/export?format=${format}&channel=import`, { headers })
  ).text();
  const before = await program.ask<number>("residentBytes");
  const startedAt = performance.now();
  const response = await fetch(`${url}/api/v1/audit/export?format=${format}`, { headers });
  if (!response.ok) throw new Error(`The export was answered ${response.status}.`);
  let most = before;
  let bytes = 0;
  let rests = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes < (rests + 1) * REST_EVERY_BYTES) continue;
    rests += 1;
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    most = Math.max(most, await program.ask<number>("residentBytes"));
  }
  const seconds = (performance.now() - startedAt - rests * REST_MS) / 1_000;
  return { growth: most - before, bytes, seconds };
}
