import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { archiveTrail } from "#lib/audit/archive/archive-trail.ts";
import { newAuditKeeper } from "#lib/audit/jobs/audit-jobs.ts";
import { verifyTrail } from "#lib/audit/verify/verify-trail.ts";
import { asOwner } from "#testing/database/as-owner.ts";
import { ageTrail } from "./harness/age-trail.ts";
import { fillNumbers, switchOn } from "./harness/fill-numbers.ts";
import { median } from "./harness/median.ts";
import type { Program } from "./harness/program.ts";
import type { Row } from "./harness/row.ts";
import type { Stage } from "./harness/stage.ts";
import type { Flip } from "./programs/flips.ts";

export const name = "audit-archive";

const EVENTS = Number(process.env.ARCHIVE_BENCH_EVENTS ?? 200_000);
const ALONE_MS = 10_000;

/**
 * How much flips slow down while a month of the trail is archived: one flip after the other in a process of
 * its own, during archiving, while the entries are only read, and alone. Each entry is about another number,
 * so that as many flags as possible are kept.
 */
export async function run(stage: Stage): Promise<Row[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "bsuid-console-bench-archive-"));
  stage.add(() => rm(folder, { recursive: true }));
  Object.assign(process.env, { AUDIT_RETENTION_DAYS: "90", AUDIT_ARCHIVE_DIR: folder });
  const { ownerUrl } = await stage.database();
  await switchOn(await fillNumbers({ from: 0, to: EVENTS }));
  await ageTrail(ownerUrl);
  const flips = await stage.start("flips");
  const alone = await flipUntil(flips, new Promise((resolve) => setTimeout(resolve, ALONE_MS)));
  const readingFrom = performance.now();
  const reading = verifyTrail(newAuditKeeper());
  const besideReading = await flipUntil(flips, reading);
  await reading;
  const archivingFrom = performance.now();
  const readingSeconds = (archivingFrom - readingFrom) / 1_000;
  const archiving = asOwner(ownerUrl, () => archiveTrail(newAuditKeeper()));
  const meanwhile = await flipUntil(flips, archiving);
  const archives = (await archiving) ?? [];
  const seconds = (performance.now() - archivingFrom) / 1_000;
  const left = archives.reduce(
    (sum, { firstSeq, lastSeq }) => sum + Number(lastSeq - firstSeq) + 1,
    0,
  );
  if (left !== EVENTS) throw new Error(`${left} entries left, and ${EVENTS} should have.`);
  return [
    {
      what: `ms for the slowest flip while ${EVENTS.toLocaleString("en")} events leave`,
      value: Math.max(...meanwhile),
      target: { atMost: 100 },
    },
    {
      what: "ms for the slowest flip while they are only read and verified",
      value: Math.max(...besideReading),
    },
    { what: "ms for the slowest flip alone", value: Math.max(...alone) },
    { what: "ms for a flip meanwhile, median", value: median(meanwhile) },
    { what: "ms for a flip alone, median", value: median(alone) },
    { what: "events/s, only verified", value: EVENTS / readingSeconds },
    { what: "events/s, verified, written, read again and removed", value: left / seconds },
  ];
}

/** How long each flip took, in milliseconds. */
async function flipUntil(flips: Program, end: Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  void end.then(over, over);
  while (!isOver) times.push((await flips.ask<Flip>("flip")).tookMs);
  return times;
}
