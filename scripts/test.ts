import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createTemplate } from "#lib/testing/database.ts";
import { Shutdown } from "./launcher/shutdown.ts";
import { startTemporaryPostgres } from "./postgres/temporary.ts";
import { buildApp, playwright, type Run, staticChecks, vitest } from "./test-run/checks.ts";
import type { Count, Result } from "./test-run/run-check.ts";

const TEMPLATE = "template_console";
const shutdown = new Shutdown();

/** Every check of the project, in order; a failed one does not keep the others from running. */
async function runAll(): Promise<Result[]> {
  const run = await setUp();
  const results: Result[] = [];
  for (const check of [...staticChecks(run), () => vitest(run), () => buildApp(run)]) {
    results.push(await check());
    shutdown.signal.throwIfAborted();
  }
  if (results.at(-1)?.failed === 0) results.push(await playwright(run));
  else results.push({ name: "Browser tests (no build)", seconds: 0, ...NOT_RUN });
  shutdown.signal.throwIfAborted();
  return results;
}

const NOT_RUN: Count = { passed: 0, failed: 1, skipped: 0 };

async function setUp(): Promise<Run> {
  const scratch = await mkdtemp(path.join(tmpdir(), "bsuid-console-run-"));
  shutdown.add(() => rm(scratch, { recursive: true, force: true }));
  const postgres = await startTemporaryPostgres();
  shutdown.add(postgres.stop);
  const url = postgres.superuserUrl("postgres");
  await createTemplate(url, TEMPLATE);
  return {
    signal: shutdown.signal,
    scratch,
    cluster: { TEST_DATABASE_URL: url, TEST_TEMPLATE: TEMPLATE },
  };
}

/** The last line is read by programs: its form is fixed. */
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

function format({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** The last line comes after everything is stopped, so that nothing is printed below it. */
let lastLine = format(NOT_RUN);

async function main(): Promise<void> {
  shutdown.add(() => console.log(lastLine));
  const total = summarise(await runAll());
  lastLine = format(total);
  await shutdown.exit(total.failed === 0 ? 0 : 1);
}

await shutdown.run(main, console.error);
