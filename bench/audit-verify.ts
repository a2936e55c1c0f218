import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { withClient } from "#postgres/with-client.ts";
import { chainTrail } from "./harness/chain-trail.ts";
import { fillTrail } from "./harness/fill-trail.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";

export const name = "audit-verify";

/** The full measurement takes AUDIT_BENCH_EVENTS=1000000; filling the trail takes some minutes. */
const EVENTS = Number(process.env.AUDIT_BENCH_EVENTS ?? 100_000);
const A_MILLION = 1_000_000;
const MEGABYTE = 1e6;

const COMMAND = path.resolve(import.meta.dirname, "../scripts/audit-verify.ts");
/** Prints the peak memory on stderr when the process ends. */
const METER =
  "data:text/javascript,process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS))";

/** `npm run audit:verify` on a complete trail, started as an operator does: its time and memory. */
export async function run(stage: Stage): Promise<Row[]> {
  const { ownerUrl } = await stage.database();
  await fillTrail(ownerUrl, EVENTS);
  await withClient(ownerUrl, async (owner) => {
    await owner.query("SET session_replication_role = replica");
    await chainTrail(owner);
  });
  const startedAt = performance.now();
  const args = [...process.execArgv, "--import", METER, COMMAND];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
  const seconds = (performance.now() - startedAt) / 1_000;
  if (!/whole/i.test(stdout)) throw new Error(`It was not verified: ${stdout}`);
  const peakKilobytes = Number(/peak (\d+)/.exec(stderr)?.[1]);
  return [
    {
      what: `s to verify a million entries, by ${EVENTS.toLocaleString("en")} of them`,
      value: (seconds * A_MILLION) / EVENTS,
      target: { atMost: 60 },
    },
    {
      what: "MB of memory at most",
      value: (peakKilobytes * 1_024) / MEGABYTE,
      target: { atMost: 200 },
    },
  ];
}
