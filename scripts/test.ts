import { Shutdown } from "#lib/shutdown.ts";
import { buildApp, playwright, staticChecks, vitest } from "./test-run/checks.ts";
import { type Count, format, type Result } from "./test-run/run-check.ts";
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

const NOT_RUN: Count = { passed: 0, failed: 1, skipped: 0 };

/** Prints the summary. Programs read its last line, so its form is fixed. */
function summarise(results: Result[]): Count {
  console.log("\n── Summary ──");
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, passed, failed, skipped, seconds } of results) {
    const mark = failed === 0 ? "ok  " : "FAIL";
    console.log(
      `${mark} ${name}: ${format({ passed, failed, skipped })} (${seconds.toFixed(1)} s)`,
    );
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/** Printed after everything is stopped, so that it is the last line. */
let lastLine = format(NOT_RUN);

async function main(): Promise<void> {
  shutdown.add(() => console.log(lastLine));
  const total = summarise(await runAll());
  lastLine = format(total);
  await shutdown.exit(total.failed === 0 ? 0 : 1);
}

await shutdown.run(main, console.error);
