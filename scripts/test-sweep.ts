import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Shutdown } from "#lib/shutdown.ts";
import { runPlaywright, runVitest } from "./test-run/checks.ts";
import { hashCheckout } from "./test-run/hash-checkout.ts";
import { type Count, format, type Outcome, ROOT, runCounted } from "./test-run/run-check.ts";
import { type Run, setUp } from "./test-run/set-up.ts";
import { type Step, SWEEPS } from "./test-run/sweeps.ts";

/** After this no new step begins; the next run continues from there. */
const MAX_MS = 55 * 60_000;
/** One round is quick, but a test may have two hundred. */
const TEST_LIMIT = "--testTimeout=1800000";

/** The steps of a sweep that passed, for one state of the sources: after any change it starts over. */
type Progress = { sources: string; passed: Record<string, Count> };

const shutdown = new Shutdown();
/** Printed after everything is stopped, so that it is the last line. */
let lastLine = "";

async function main(): Promise<void> {
  const [name = ""] = process.argv.slice(2);
  const sweep = SWEEPS[name];
  if (!sweep) {
    const names = Object.entries(SWEEPS).map(
      ([sweepName, { about }]) => `  ${sweepName}: ${about}`,
    );
    throw new Error(`Name one of the sweeps: npm run test:sweep -- NAME\n${names.join("\n")}`);
  }
  shutdown.add(() => console.log(lastLine));
  const run = await setUp(shutdown);
  const file = path.join(ROOT, ".cache", "sweeps", `${name}.json`);
  const progress = await readProgress(file);
  const endsAt = performance.now() + MAX_MS;
  let failed = 0;
  for (const step of sweep.steps) {
    if (progress.passed[step.name]) continue;
    if (performance.now() > endsAt) break;
    const { seconds, failures, ...count } = await runCounted(step.name, () => runStep(run, step));
    shutdown.signal.throwIfAborted();
    console.log(`${step.name}: ${format(count)} (${seconds.toFixed(0)} s)`);
    for (const failure of failures) console.log(failure);
    failed += count.failed;
    if (count.failed > 0) continue;
    const { passed, skipped } = count;
    progress.passed[step.name] = { passed, failed: 0, skipped };
    await writeProgress(file, progress);
  }
  lastLine = summarise(name, sweep.steps.length, { ...progress, failed });
  const isDone = Object.keys(progress.passed).length === sweep.steps.length;
  await shutdown.exit(isDone ? 0 : 1);
}

function runStep(run: Run, { runner, files, env }: Step): Promise<Outcome> {
  if (runner === "playwright") return runPlaywright(run, { args: files, env });
  return runVitest(run, { args: [TEST_LIMIT, ...files], env });
}

function summarise(name: string, steps: number, { passed, failed }: Progress & { failed: number }) {
  const counts = Object.values(passed);
  const tests = counts.reduce((sum, count) => sum + count.passed, 0);
  return `Sweep ${name}: ${counts.length} of ${steps} steps done, ${tests} passed, ${failed} failed`;
}

async function readProgress(file: string): Promise<Progress> {
  const sources = await hashCheckout(ROOT);
  const text = await readFile(file, "utf8").catch(() => null);
  const progress = text === null ? null : (JSON.parse(text) as Progress);
  return progress?.sources === sources ? progress : { sources, passed: {} };
}

async function writeProgress(file: string, progress: Progress): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(progress, null, 2));
}

await shutdown.run(main, (error) => console.error(error instanceof Error ? error.message : error));
