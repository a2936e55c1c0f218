import type { PublicKey } from "../head/ed25519.ts";
import type { Erasure } from "../private/erasure.ts";
import { ErasureRequests } from "../private/erasure-requests.ts";
import type { TrailStart } from "../verify/trail-check.ts";
import { type ExportReport, verifyExport } from "./verify-export.ts";

/** The bytes of a file, by the name that people know it by. */
export type NamedExport = { file: string; chunks: AsyncIterable<Uint8Array> };

/** A file and what was found of it. */
export type NamedReport = { file: string; report: ExportReport };

/**
 * Verifies archives and what followed them as one trail, in the order given: each file goes on
 * where the one before ended, and is the one that a later entry tells of. Ends with the first file
 * that is not whole.
 */
export async function verifyExports(
  exports: readonly NamedExport[],
  keys: ReadonlyMap<string, PublicKey>,
): Promise<NamedReport[]> {
  const reports: NamedReport[] = [];
  let start: TrailStart | null = null;
  let erasures: readonly Erasure[] = [];
  const requests = new ErasureRequests();
  for (const [place, { file, chunks }] of exports.entries()) {
    const report = await verifyExport(chunks, { keys, start, erasures, requests });
    const isOneOfSeveral = report.isWhole && report.isFiltered && exports.length > 1;
    const fault = isOneOfSeveral ? { seq: 0, problem: FILTERED } : findOther(report, reports);
    reports.push({ file, report: fault ? { isWhole: false, ...fault } : report });
    if (fault || !report.isWhole) return reports;
    start = place === exports.length - 1 ? null : report.next;
    erasures = report.erasures;
  }
  return reports;
}

const FILTERED = "It is narrowed by filters, and goes on from no other file. Verify it by itself.";

/** An earlier file that is not the one that was written when its entries left. */
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
