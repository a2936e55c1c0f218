import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { withLock } from "#lib/process-lock.mjs";
import { build } from "../launcher/build.ts";
import { readPlaywright, readVitest } from "./reports.ts";
import { type Outcome, type Result, ROOT, runCheck, runCounted, runProgram } from "./run-check.ts";
import type { Run } from "./set-up.ts";

/** The checks without a running program: format, lint, layers, types, dead code, documents, the API's description. */
export function staticChecks({ signal }: Run): (() => Promise<Result>)[] {
  const program = (name: string, ...args: string[]) => {
    return () => runCheck(name, () => runProgram(args, { signal }));
  };
  const hasOpenApi = existsSync(path.join(ROOT, "scripts", "lint-openapi.ts"));
  return [
    program("Format, lint and layers", "node_modules/@biomejs/biome/bin/biome", "check"),
    () => runCheck("Types", () => checkTypes(signal)),
    program("Dead code", "node_modules/knip/bin/knip.js"),
    program("Documents", "scripts/check-docs.ts"),
    program("Words", "scripts/check-words.ts"),
    ...(hasOpenApi ? [program("OpenAPI", "scripts/lint-openapi.ts")] : []),
  ];
}

/** Checks types. Next writes the route types into .next, as a build does, so that two runs take turns. */
async function checkTypes(signal: AbortSignal): Promise<number> {
  return await withLock(path.join(ROOT, ".cache", "build.lock"), tellWaiting, async () => {
    // `npm run dev` leaves types of routes that may be gone by now.
    await rm(path.join(ROOT, ".next", "dev", "types"), { recursive: true, force: true });
    const generated = await runProgram(["node_modules/next/dist/bin/next", "typegen"], { signal });
    if (generated !== 0) return generated;
    const tsc = ["node_modules/typescript/bin/tsc", "--noEmit", "--incremental", "false"];
    return await runProgram(tsc, { signal });
  });
}

function tellWaiting(holder: number): void {
  console.log(`Waiting for the build that process ${holder} is making`);
}

/** The tests of rules, database and HTTP. */
export async function vitest(run: Run): Promise<Result> {
  return await runCounted("Unit, database and HTTP tests", () => runVitest(run));
}

/** Builds the application beside the unit tests, which spend much of their time waiting for processes and clocks. */
export async function buildApp({ signal }: Run): Promise<Result> {
  return await runCheck("Build", async () => {
    const dataDir = path.join(ROOT, ".data");
    await build({ dataDir, tell: console.log, signal, isInBackground: true });
    return 0;
  });
}

/** The journeys in a browser, against the built application. */
export async function playwright(run: Run): Promise<Result> {
  return await runCounted("Browser tests", () => runPlaywright(run));
}

/** A runner's further arguments and environment; without arguments it runs all tests. */
export type Some = { args?: readonly string[]; env?: Readonly<Record<string, string>> };

export async function runVitest(run: Run, { args = [], env = {} }: Some = {}): Promise<Outcome> {
  const { signal, scratch, cluster } = run;
  const report = path.join(scratch, "vitest.json");
  await rm(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const program = ["node_modules/vitest/vitest.mjs", "run", ...reporters, ...args];
  const code = await runProgram(program, { signal, env: { ...cluster, ...env } });
  return await readVitest(report, code);
}

export async function runPlaywright(
  run: Run,
  { args = [], env = {} }: Some = {},
): Promise<Outcome> {
  const { signal, scratch, cluster } = run;
  const report = path.join(scratch, "playwright.json");
  await rm(report, { force: true });
  const output = path.join(ROOT, "test-results", `run-${process.pid}`);
  const settings = {
    ...cluster,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    E2E_ENV: path.join(scratch, "e2e.json"),
    ...env,
  };
  const cli = "node_modules/@playwright/test/cli.js";
  const program = [cli, "test", "--reporter=list,json", `--output=${output}`, ...args];
  const code = await runProgram(program, { signal, env: settings });
  if (code === 0) await rm(output, { recursive: true, force: true });
  return await readPlaywright(report, code);
}
