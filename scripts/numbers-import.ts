import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { userInfo } from "node:os";
import path from "node:path";
import { v7 as uuidv7 } from "uuid";
import type { SystemActor } from "#lib/access/actor.ts";
import { ConfigError } from "#lib/config.ts";
import { closeDatabase, setDatabase } from "#lib/db/client.ts";
import { isUnavailable } from "#lib/db/is-unavailable.ts";
import { AppError } from "#lib/errors.ts";
import { importRoster } from "#lib/roster/import-roster.ts";
import { parseRosterCsv } from "#lib/roster/parse-roster-csv.ts";
import type { SourceEntry } from "#lib/roster/read-roster.ts";
import { RefusedRoster } from "#lib/roster/roster-problem.ts";
import { findDatabase } from "./numbers-import/find-database.ts";
import { ImportStopped } from "./numbers-import/import-stopped.ts";
import { toProblemTable } from "./numbers-import/problem-table.ts";

const ROWS_A_SIGN_OF_LIFE = 10_000;

/** `npm run numbers:import -- FILE.csv`: imports a roster from the shell. */
async function main(): Promise<void> {
  const file = await findFile(process.argv.slice(2));
  setDatabase(await findDatabase(process.env));
  const source = withSignsOfLife(parseRosterCsv(createReadStream(file)));
  const { created, updated, unchanged } = await importRoster(newActor(), source);
  console.log(
    `Created ${format(created)}, updated ${format(updated)}, unchanged ${format(unchanged)}.`,
  );
}

/** npm changes into the project's folder; the file is meant from where the person is. */
async function findFile(args: readonly string[]): Promise<string> {
  const [given, ...more] = args;
  if (given === undefined || more.length > 0 || given.startsWith("-")) {
    throw new ImportStopped("Name one file: npm run numbers:import -- FILE.csv");
  }
  const file = path.resolve(process.env.INIT_CWD ?? process.cwd(), given);
  const found = await stat(file).catch(() => null);
  if (!found) throw new ImportStopped(`There is no file ${file}.`);
  if (!found.isFile()) throw new ImportStopped(`${file} is not a file.`);
  return file;
}

function newActor(): SystemActor {
  return {
    type: "system",
    id: "numbers-import",
    name: `numbers:import (${osUser()})`,
    permissions: ["roster:write"],
    origin: { requestId: uuidv7(), channel: "cli", ip: null, userAgent: null },
  };
}

/** In a container a process may run as a user that has no name. */
function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? "unknown"}`;
  }
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

function explain(error: unknown): string {
  if (error instanceof RefusedRoster) {
    return `${toProblemTable(error)}\n\nNothing was imported. Correct the file and import the whole of it again.`;
  }
  const isPlain =
    error instanceof AppError || error instanceof ConfigError || error instanceof ImportStopped;
  if (isPlain) return error.message;
  if (isUnavailable(error)) {
    return "The database did not answer in time. Nothing was imported, unless the connection broke at the very end; importing again is harmless. Is the demo running (npm start), or DATABASE_URL right? Is another import under way?";
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  await main();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
