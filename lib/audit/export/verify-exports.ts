import type { PublicKey } from "../../ed25519.ts";
import type { Erasure } from "../private/erasure.ts";
import { ErasureRequests } from "../private/erasure-requests.ts";
import type { TrailStart } from "../verify/trail-check.ts";
import { type ExportReport, verifyExport } from "./verify-export.ts";

/** A file's bytes, and its name for the report. */
export type NamedExport = { file: string; chunks: AsyncIterable<Uint8Array> };

/** A file and the result of its verification. */
export type NamedReport = { file: string; report: ExportReport };

/**
 * Verifies archives and the export after them as one trail, in the order given: each file has to start
 * where the one before ended, and have the digest that a later entry records. Stops at the first
 * file with a fault.
 */
export async function verifyExports(
  exports: readonly NamedExport[],
  keys: ReadonlyMap<string, PublicKey>,
): Promise<NamedReport[]> {
  const reports: NamedReport[] = [];
  let start: TrailStart | null = null;
  let erasures: readonly Erasure[] = [];
  const requests = new ErasureRequests();
  for (const [index, { file, chunks }] of exports.entries()) {
    const report = await verifyExport(chunks, { keys, start, erasures, requests });
    const isOneOfSeveral = report.isWhole && report.isFiltered && exports.length > 1;
    const fault = isOneOfSeveral ? { seq: 0, problem: FILTERED } : findOther(report, reports);
    reports.push({ file, report: fault ? { isWhole: false, ...fault } : report });
    if (fault || !report.isWhole) return reports;
    start = index === exports.length - 1 ? null : report.next;
    erasures = report.erasures;
  }
  return reports;
}

const FILTERED = "It is narrowed by filters, and goes on from no other file. Verify it by itself.";

/** The fault when an earlier file is not the archive that an entry of this one records. */
function findOther(report: ExportReport, earlier: readonly NamedReport[]) {
  if (!report.isWhole) return null;
  for (const tombstone of report.tombstones) {
    for (const { file, report: before } of earlier) {
      if (!before.isWhole || before.manifest.firstSeq !== tombstone.firstSeq) continue;
      if (before.manifest.lastSeq !== tombstone.lastSeq) continue;
      if (before.fileDigest === tombstone.fileDigest) continue;
      const problem = `${file} is not the archive of entries ${tombstone.firstSeq} to ${tombstone.lastSeq} that an entry tells of: its SHA-256 is another.`;
      return { seq: Number(tombstone.lastSeq), problem };
    }
  }
  return null;
}
