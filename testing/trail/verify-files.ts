import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { verifyExports } from "#lib/audit/export/verify-exports.ts";
import { toKeyMap } from "#lib/audit/head/audit-keys.ts";
import type { PublicKey } from "#lib/ed25519.ts";
import { askOutsider } from "./export-file.ts";

export const WHOLE = { ours: "whole", outsider: "whole" };

/** Verifies files as one trail with both offline verifiers; of ours, returns the report on the last file it read. */
export async function verifyFiles(texts: readonly string[], keys: readonly PublicKey[]) {
  const folder = await mkdtemp(path.join(tmpdir(), "verified-"));
  const named = texts.map((_, index) => path.join(folder, String(index)));
  for (const [index, file] of named.entries()) await writeFile(file, texts[index] ?? "");
  const exports = named.map((file, index) => ({
    file: String(index),
    chunks: createReadStream(file),
  }));
  const report = (await verifyExports(exports, toKeyMap(keys))).at(-1)?.report;
  const outsider = await askOutsider(named, keys.map(({ text }) => text).join(","));
  await rm(folder, { recursive: true });
  return {
    ours: report?.isWhole ? "whole" : `${report?.seq}: ${report?.problem}`,
    outsider: outsider.code === 0 ? "whole" : outsider.said,
  };
}
