import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import type { SystemActor } from "#lib/access/actor.ts";
import { type ImportResult, importRoster } from "#lib/roster/import-roster.ts";
import { parseRosterCsv } from "#lib/roster/parse-roster-csv.ts";
import type { SourceEntry } from "#lib/roster/read-roster.ts";
import { RefusedRoster } from "#lib/roster/roster-problem.ts";
import { CommandError } from "./command/command-error.ts";
import { toProblemTable } from "./command/problem-table.ts";
import { runCommand } from "./command/run-command.ts";

const ROWS_A_SIGN_OF_LIFE = 10_000;

/** `npm run numbers:import -- FILE.csv`: imports a roster from the shell. */
await runCommand({
  name: "numbers:import",
  permission: "roster:write",
  readArguments: findFile,
  work: async (actor, file) => {
    const { created, updated, unchanged } = await importFile(actor, file);
    console.log(
      `Created ${format(created)}, updated ${format(updated)}, unchanged ${format(unchanged)}.`,
    );
  },
});

async function importFile(actor: SystemActor, file: string): Promise<ImportResult> {
  try {
    const source = parseRosterCsv(createReadStream(file));
    return await importRoster(actor, withSignsOfLife(source));
  } catch (error) {
    if (!(error instanceof RefusedRoster)) throw error;
    throw new CommandError(
      `${toProblemTable(error)}\n\nNothing was imported. Correct the file and import the whole of it again.`,
    );
  }
}

/** npm changes into the project's folder; the file is meant from where the person is. */
async function findFile(args: readonly string[]): Promise<string> {
  const [given, ...more] = args;
  if (given === undefined || more.length > 0 || given.startsWith("-")) {
    throw new CommandError("Name one file: npm run numbers:import -- FILE.csv");
  }
  const file = path.resolve(process.env.INIT_CWD ?? process.cwd(), given);
  const found = await stat(file).catch(() => null);
  if (!found) throw new CommandError(`There is no file ${file}.`);
  if (!found.isFile()) throw new CommandError(`${file} is not a file.`);
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

function format(count: number): string {
  return count.toLocaleString("en");
}
