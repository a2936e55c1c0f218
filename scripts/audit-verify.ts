import { existsSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import type { ExportReport } from "#lib/audit/export/verify-export.ts";
import { verifyExports } from "#lib/audit/export/verify-exports.ts";
import { type TrailReport, verifyTrail } from "#lib/audit/verify/verify-trail.ts";
import { CommandError } from "./command/command-error.ts";
import { findAuditFiles, findAuditKeys, parseNamedKeys } from "./command/find-audit-keys.ts";
import { parseOptions } from "./command/parse-options.ts";
import { progressLine } from "./command/progress-line.ts";
import { readFile } from "./command/read-file.ts";
import { runCommand, runOffline } from "./command/run-command.ts";

type Arguments = { publicKeys: string[]; files: string[]; journals: string[] };

type WholeReport = Extract<TrailReport, { isWhole: true }>;

const USAGE = "Use: npm run audit:verify -- [--export FILE]… [--journal FILE]… [--public-key KEY]…";

const ENTRIES = ["entry", "entries"] as const;

/** The exit code for neither good nor bad, so that nobody takes it for a verified file or trail. */
const NOTHING_CHECKED = 2;

// Entries are short-lived, and V8 would let 120 MB of them pile up before it collects: this keeps a million under 200 MB.
setFlagsFromString("--heap-growing-percent=60");

/** `npm run audit:verify`: checks that the trail is whole and its replay gives the flag table; or checks exports. */
await runOffline(async () => {
  const { publicKeys, files, journals: named } = readArguments(process.argv.slice(2));
  if (files.length > 0) return await checkFiles(files, publicKeys);
  await runCommand({
    name: "audit:verify",
    permission: "audit:read",
    readArguments: () => parseNamedKeys(publicKeys),
    work: async (actor, namedKeys) => {
      const keys = namedKeys.size > 0 ? namedKeys : await findAuditKeys(process.env);
      const { archiveDir, journal } = findAuditFiles(process.env);
      const own = existsSync(journal) ? [journal] : [];
      const journals = named.length > 0 ? named : own;
      const progress = progressLine();
      const options = { keys, archiveDir, journals, onProgress: progress.show };
      const report = await verifyTrail(actor, options).finally(progress.clear);
      if (!report.isWhole) throw new CommandError(`The trail is NOT whole. ${report.problem}`);
      if (report.events === 0) process.exitCode = NOTHING_CHECKED;
      if (report.missingFiles?.length) process.exitCode = 1;
      console.log(toWords(report, { areSignaturesChecked: keys.size > 0 }));
    },
  });
});

function readArguments(args: readonly string[]): Arguments {
  const options = {
    "public-key": { type: "string", multiple: true },
    export: { type: "string", multiple: true },
    journal: { type: "string", multiple: true },
  } as const;
  const { values, positionals } = parseOptions(args, { options, usage: USAGE });
  if (positionals.length > 0) throw new CommandError(USAGE);
  const { "public-key": publicKeys = [], export: files = [], journal: journals = [] } = values;
  return { publicKeys, files, journals };
}

/** Checks exports, without database or settings. Several files are archives and what followed, in order. */
async function checkFiles(files: readonly string[], publicKeys: readonly string[]): Promise<void> {
  const keys = parseNamedKeys(publicKeys);
  const exports = files.map((file) => ({ file, chunks: readFile(file) }));
  const reports = await verifyExports(exports, keys);
  for (const [index, { file, report }] of reports.entries()) {
    const name = files.length > 1 ? `${file}: ` : "";
    if (!report.isWhole)
      throw new CommandError(`${name}The export is NOT whole. ${report.problem}`);
    if (report.manifest.count === 0) process.exitCode = NOTHING_CHECKED;
    console.log(
      `${name}${toExportWords(report, { isKeyNamed: keys.size > 0, isContinued: index > 0 })}`,
    );
  }
}

function toWords(
  report: WholeReport,
  { areSignaturesChecked }: { areSignaturesChecked: boolean },
): string {
  const { events, archivedThrough, revision, hash, head, heads } = report;
  const signed = head
    ? `${toCount(heads, ["signed head agrees", "signed heads agree"])} with it, the last of entry ${head.seq}, signed on ${head.signedAt} by key ${head.keyId}.`
    : "No head of it was signed yet.";
  const unchecked = areSignaturesChecked
    ? ""
    : "\nSignatures were NOT checked: no public key is known here. Name one with --public-key.";
  const archived =
    archivedThrough > 0
      ? ` Entries up to ${archivedThrough} left into archives: verify what those say with --export. ${toFileWords(report.missingFiles ?? [])}`
      : "";
  if (events === 0)
    return `Nothing was checked: the trail has no entries.${toJournalWords(report.journals)}`;
  const entries =
    archivedThrough > 0
      ? `Entries ${archivedThrough + 1} to ${events} are as they were written:`
      : `The trail is whole: ${toCount(events, ENTRIES)},`;
  return `${entries} revision ${revision}, head ${hash}. Replaying it gives the flag table. ${signed}${archived}${toRestoreWords(report.restores)}${toJournalWords(report.journals)}${unchecked}`;
}

function toRestoreWords(restores: WholeReport["restores"]): string {
  const lines = restores.map(
    ({ lost: { firstSeq, lastSeq }, at, by }) =>
      `\nEntries ${firstSeq} to ${lastSeq} were lost in a restore, acknowledged on ${at.slice(0, 10)} by ${by}.`,
  );
  return lines.join("");
}

function toJournalWords(journals: WholeReport["journals"]): string {
  if (journals.length === 0) {
    return "\nNo journal of signed heads was compared: that the last heads were removed together with their entries would not be noticed. Name a console's with --journal.";
  }
  const lines = journals.map(({ file, heads, since }) =>
    since === null
      ? `\nThe journal ${file} is empty: nothing was compared with it.`
      : `\nThe journal ${file} agrees: ${toCount(heads, ["head", "heads"])}. There is no journal before ${since.slice(0, 10)}.`,
  );
  return lines.join("");
}

function toFileWords(missing: readonly string[]): string {
  if (missing.length === 0) return "Each file in AUDIT_ARCHIVE_DIR is the one that was written.";
  return `These files are NOT in AUDIT_ARCHIVE_DIR: ${missing.join(", ")}. Unless you keep them elsewhere, their entries are lost.`;
}

function toExportWords(
  { manifest, isFiltered }: Extract<ExportReport, { isWhole: true }>,
  { isKeyNamed, isContinued }: { isKeyNamed: boolean; isContinued: boolean },
): string {
  const { count, firstSeq, lastSeq, head } = manifest;
  const key = isKeyNamed
    ? ` Signed by key ${manifest.keyId}.`
    : `\nThe key ${manifest.keyId} came with the file. Compare it with GET /api/v1/audit/keys, or name the one you trust with --public-key.`;
  if (count === 0) {
    return `Nothing was checked: the file has no entries, narrowed by ${JSON.stringify(manifest.filter)}. That there are none is the console's word.${key}`;
  }
  const entries = `${toCount(count, ENTRIES)}, ${firstSeq} to ${lastSeq}`;
  if (isFiltered) {
    return `The export is as the console made it: ${entries}, narrowed by ${JSON.stringify(manifest.filter)}. Each is unedited. That none is missing is the console's word, which it signed.${key}`;
  }
  const signed = `one chain up to the head that was signed on ${head.signedAt}`;
  if (firstSeq === 1) return `The export is whole: ${entries}, ${signed}.${key}`;
  const before = isContinued
    ? `They go on from entry ${Number(firstSeq) - 1} of the file before.`
    : "What is before was not given.";
  return `Entries ${firstSeq} to ${lastSeq} are as signed, ${signed}. ${before}${key}`;
}

function toCount(number: number, [one, many]: readonly [string, string]): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
