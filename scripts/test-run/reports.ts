import { readFile } from "node:fs/promises";
import type { Count } from "./run-check.ts";

/** The fields of vitest's JSON report that count. */
type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
};

/** The fields of Playwright's JSON report that count. */
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
};

export async function countVitest(file: string, exitCode: number): Promise<Count> {
  const report = await readReport<VitestReport>(file);
  return withRunner(exitCode, {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  });
}

/** Counts Playwright's tests; one that passes only at a second try has failed. */
export async function countPlaywright(file: string, exitCode: number): Promise<Count> {
  const stats = (await readReport<PlaywrightReport>(file))?.stats;
  return withRunner(exitCode, {
    passed: stats?.expected ?? 0,
    failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: stats?.skipped ?? 0,
  });
}

/** Adds a failure for a runner that ran nothing, or failed without a failed test (a file that does not load, a crash). */
function withRunner(exitCode: number, count: Count): Count {
  const isSilentFailure = count.failed === 0 && (exitCode !== 0 || count.passed === 0);
  return isSilentFailure ? { ...count, failed: 1 } : count;
}

async function readReport<Report>(file: string): Promise<Report | null> {
  const text = await readFile(file, "utf8").catch(() => null);
  return text === null ? null : (JSON.parse(text) as Report);
}
