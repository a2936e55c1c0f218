import { stat } from "node:fs/promises";
import path from "node:path";
import type { SystemActor } from "#lib/access/actor.ts";
import { parseInput } from "#lib/parse-input.ts";
import { HeldBackImport } from "#lib/roster/held-back-import.ts";
import { type ImportOptions, importOptionsSchema } from "#lib/roster/import-options.ts";
import type { ImportResult } from "#lib/roster/import-result.ts";
import { importRoster } from "#lib/roster/import-roster.ts";
import { parseRosterCsv } from "#lib/roster/parse-roster-csv.ts";
import type { SourceEntry } from "#lib/roster/read-roster.ts";
import { RefusedRoster } from "#lib/roster/roster-problem.ts";
import { CommandError } from "./command-error.ts";
import { parseOptions } from "./parse-options.ts";
import { toProblemTable } from "./problem-table.ts";
import { readFile } from "./read-file.ts";
import type { Command } from "./run-command.ts";

const MAX_LISTED = 100;
const ROWS_A_SIGN_OF_LIFE = 10_000;

const USAGE = `Name one file: npm run numbers:import -- FILE.csv

  --dry-run                  says what an import would do, and writes nothing
  --expect-switched-off=N    needed when it switches off more than 10 numbers
  --retire-absent            retires every number in service that the file leaves out
  --expect-retired=N         needed when that is more than 5 % of them`;

/** The option that confirms each kind of held-back import. */
const FLAGS = {
  expectSwitchedOff: "--expect-switched-off",
  expectRetired: "--expect-retired",
} as const;

const OPTIONS = {
  "dry-run": { type: "boolean", default: false },
  "retire-absent": { type: "boolean", default: false },
  "expect-switched-off": { type: "string" },
  "expect-retired": { type: "string" },
} as const;

type Arguments = { file: string; options: ImportOptions };

/** `npm run numbers:import -- FILE.csv`: imports a roster from the shell. */
export const importNumbers: Command<Arguments> = {
  name: "numbers:import",
  permission: "roster:write",
  readArguments,
  work: async (actor, args) => {
    const result = await importFile(actor, args);
    for (const line of toWarnings(result)) console.error(line);
    for (const line of toLines(result, args.options)) console.log(line);
  },
};

async function importFile(actor: SystemActor, { file, options }: Arguments): Promise<ImportResult> {
  try {
    const source = parseRosterCsv(readFile(file));
    return await importRoster(actor, withSignsOfLife(source), options);
  } catch (error) {
    if (error instanceof HeldBackImport) throw new CommandError(explainHeldBack(error));
    if (!(error instanceof RefusedRoster)) throw error;
    throw new CommandError(
      `${toProblemTable(error)}\n\nNothing was imported. Correct the file and import the whole of it again.`,
    );
  }
}

async function readArguments(args: readonly string[]): Promise<Arguments> {
  const { values, positionals } = parseOptions(args, { options: OPTIONS, usage: USAGE });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new CommandError(USAGE);
  const options = parseInput(importOptionsSchema, {
    dryRun: String(values["dry-run"]),
    retireAbsent: String(values["retire-absent"]),
    expectSwitchedOff: values["expect-switched-off"],
    expectRetired: values["expect-retired"],
  });
  return { file: await findFile(file), options };
}

/** The file's path, relative to the caller's folder (INIT_CWD): npm changes into the project's. */
async function findFile(given: string): Promise<string> {
  const file = path.resolve(process.env.INIT_CWD ?? process.cwd(), given);
  const stats = await stat(file).catch(() => null);
  if (!stats) throw new CommandError(`There is no file ${file}.`);
  if (!stats.isFile()) throw new CommandError(`${file} is not a file.`);
  return file;
}

async function* withSignsOfLife(source: AsyncIterable<SourceEntry>): AsyncGenerator<SourceEntry> {
  let count = 0;
  for await (const entry of source) {
    yield entry;
    count += 1;
    if (count % ROWS_A_SIGN_OF_LIFE === 0) console.error(`Read ${format(count)} rows …`);
  }
  if (count >= ROWS_A_SIGN_OF_LIFE) console.error("Read all rows; comparing and writing …");
}

function toLines(result: ImportResult, { dryRun }: ImportOptions): string[] {
  const { created, updated, unchanged } = result;
  const counts = `${format(created)}, updated ${format(updated)}, unchanged ${format(unchanged)}`;
  if (!dryRun) {
    const retired = result.retired === undefined ? "" : `, retired ${format(result.retired)}`;
    return [`Created ${counts}${retired}.`];
  }
  const off = result.wouldSwitchOff ?? [];
  const retired = result.wouldRetire ?? [];
  return [
    `Nothing was written. It would be: created ${counts}.`,
    `It would switch off ${format(result.wouldSwitchOffCount ?? 0)}.`,
    ...toList(
      off.map(({ phoneNumberId }) => phoneNumberId),
      result.wouldSwitchOffCount,
    ),
    ...(result.wouldRetire ? [`It would retire ${format(result.wouldRetireCount ?? 0)}.`] : []),
    ...toList(retired, result.wouldRetireCount),
  ];
}

function toWarnings({ warnings = [], warningCount = 0 }: ImportResult): string[] {
  const lines = warnings.map(({ path: at, message }) => `Warning: ${at}: ${message}`);
  const more = warningCount - warnings.length;
  return more > 0 ? [...lines, `… and ${format(more)} more warnings.`] : lines;
}

function toList(ids: readonly string[], count = ids.length): string[] {
  const more = count - ids.length;
  return [...ids.map((id) => `  ${id}`), ...(more > 0 ? [`  … and ${format(more)} more`] : [])];
}

function explainHeldBack({ does, phoneNumberIds, parameter }: HeldBackImport): string {
  const count = phoneNumberIds.length;
  const list = toList(phoneNumberIds.slice(0, MAX_LISTED), count);
  return [
    `Nothing was imported. The file would ${does} ${format(count)} numbers:`,
    ...list,
    `If that is meant, import it with ${FLAGS[parameter]}=${count}.`,
  ].join("\n");
}

function format(count: number): string {
  return count.toLocaleString("en");
}
