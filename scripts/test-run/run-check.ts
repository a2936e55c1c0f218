import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");

export type Count = { passed: number; failed: number; skipped: number };

/** What a check counted, and of failed tests the file and title, as far as its report names them. */
export type Outcome = Count & { failures: string[] };

/** One line of the summary. */
export type Result = Outcome & { name: string; seconds: number };

/** Runs a program of node_modules/.bin, or a script, in the root, with its output shown. Resolves to its exit code. */
export async function runProgram(
  program: string[],
  options: { signal: AbortSignal; env?: Record<string, string> },
): Promise<number> {
  const [script = "", ...args] = program;
  const child = spawn(process.execPath, [path.join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const stop = () => child.kill("SIGTERM");
  options.signal.addEventListener("abort", stop);
  const [code] = (await once(child, "exit")) as [number | null];
  options.signal.removeEventListener("abort", stop);
  return code ?? 1;
}

/** Runs a check that passes or fails as one, by its exit code or exception. */
export async function runCheck(name: string, work: () => Promise<number>): Promise<Result> {
  const isPassed = (code: number) => ({ passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 });
  const toOutcome = (code: number) => ({ ...isPassed(code), skipped: 0, failures: [] });
  return await runCounted(name, async () => toOutcome(await work()));
}

/** Runs a check that counts for itself. An exception is one failure. */
export async function runCounted(name: string, work: () => Promise<Outcome>): Promise<Result> {
  console.log(`\n── ${name} ──`);
  const startedAt = performance.now();
  const outcome = await work().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0, failures: [] };
  });
  return { name, ...outcome, seconds: (performance.now() - startedAt) / 1000 };
}

export function format({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** The summary's lines: one a check, then every failed test by file and title. */
export function toSummary(results: readonly Result[]): string[] {
  const checks = results.map(({ name, failed, seconds, ...count }) => {
    const mark = failed === 0 ? "ok  " : "FAIL";
    return `${mark} ${name}: ${format({ failed, ...count })} (${seconds.toFixed(1)} s)`;
  });
  const failures = results.flatMap((result) => result.failures);
  if (failures.length === 0) return checks;
  return [...checks, "", "── Failed tests ──", ...failures];
}
