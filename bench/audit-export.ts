import { aToken } from "#lib/testing/factories.ts";
import { fillTrail } from "./harness/fill-trail.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";

export const name = "audit-export";

/** AUDIT_BENCH_EVENTS=1000000 for the whole measure; takes some minutes. */
const EVENTS = Number(process.env.AUDIT_BENCH_EVENTS ?? 100_000);
const MEGABYTE = 1e6;
/** Every so many bytes the reader rests, so that the console has to wait for it. */
const REST_EVERY_BYTES = 20 * MEGABYTE;
const REST_MS = 200;

/** An export of a large trail to a reader that is slow now and then: time, and the console's memory. */
export async function run(stage: Stage): Promise<Row[]> {
  const { ownerUrl } = await stage.database();
  await fillTrail(ownerUrl, EVENTS);
  const { secret } = await aToken({ scopes: ["audit:read"] });
  const headers = { authorization: `Bearer ${secret}` };
  const program = await stage.start("console");
  const url = await program.ask<string>("url");
  // The first one brings code and buffers that stay.
  await (await fetch(`${url}/api/v1/audit/export?channel=api`, { headers })).text();
  const before = await program.ask<number>("residentBytes");
  const startedAt = performance.now();
  const response = await fetch(`${url}/api/v1/audit/export`, { headers });
  let most = before;
  let bytes = 0;
  let rested = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes - rested < REST_EVERY_BYTES) continue;
    rested = bytes;
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    most = Math.max(most, await program.ask<number>("residentBytes"));
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const events = EVENTS.toLocaleString("en");
  return [
    {
      what: `MB that the console grows by, exporting ${events} events`,
      value: (most - before) / MEGABYTE,
      target: { atMost: 64 },
    },
    { what: "events/s", value: EVENTS / seconds },
    { what: "MB exported", value: bytes / MEGABYTE },
  ];
}
