import { Shutdown } from "#lib/shutdown.ts";
import { buildApp, playwright, staticChecks, vitest } from "./test-run/checks.ts";
import { type Count, format, type Outcome, type Result, toSummary } from "./test-run/run-check.ts";
import { setUp } from "./test-run/set-up.ts";

const shutdown = new Shutdown();

/** Runs every check of the project in order, the build beside the unit tests; after a failed one the others still run. */
async function runAll(): Promise<Result[]> {
  const run = await setUp(shutdown);
  const results: Result[] = [];
  for (const check of staticChecks(run)) {
    results.push(await check());
    shutdown.signal.throwIfAborted();
  }
  const building = buildApp(run);
  results.push(await vitest(run), await building);
  shutdown.signal.throwIfAborted();
  if (results.at(-1)?.failed === 0) results.push(await playwright(run));
  else results.push({ name: "Browser tests (no build)", seconds: 0, ...NOT_RUN });
  shutdown.signal.throwIfAborted();
  return results;
}

const NOT_RUN: Outcome = { passed: 0, failed: 1, skipped: 0, failures: [] };

/** Prints the summary, which a reader of the output's end sees: the failed tests last. */
function summarise(results: Result[]): Count {
  console.log("\n── Summary ──");
  for (const line of toSummary(results)) console.log(line);
  const sum = (part: keyof Count) => results.reduce((total, result) => total + result[part], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

/** Printed after everything is stopped, so that it is the last line. Programs read it, so its form is fixed. */
let lastLine = format(NOT_RUN);

async function main(): Promise<void> {
  shutdown.add(() => console.log(lastLine));
  const total = summarise(await runAll());
  lastLine = format(total);
  await shutdown.exit(total.failed === 0 ? 0 : 1);
}

await shutdown.run(main, console.error);
