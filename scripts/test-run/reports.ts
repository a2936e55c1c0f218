import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Count, type Outcome, ROOT } from "./run-check.ts";

/** The fields of vitest's JSON report that are read. */
type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  /** One a file. A file that does not load has failed without a failed test. */
  testResults: {
    name: string;
    status: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
};

/** The fields of Playwright's JSON report that are read. */
type PlaywrightReport = {
  config: { rootDir: string };
  suites: Suite[];
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
};

/** A file of tests, its title being its name, or a group within one. */
type Suite = {
  title: string;
  specs: { title: string; tests: { status: string }[] }[];
  suites?: Suite[];
};

export async function readVitest(file: string, exitCode: number): Promise<Outcome> {
  const report = await readReport<VitestReport>(file);
  const count = withRunner(exitCode, {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  });
  return { ...count, failures: (report?.testResults ?? []).flatMap(nameVitestFailures) };
}

function nameVitestFailures(result: VitestReport["testResults"][number]): string[] {
  const tests = result.assertionResults.filter(({ status }) => status === "failed");
  const name = path.relative(ROOT, result.name);
  if (tests.length === 0) return result.status === "failed" ? [name] : [];
  return tests.map(({ fullName }) => `${name} › ${fullName}`);
}

/** Reads the outcome of Playwright's tests; one that passes only at a second try has failed. */
export async function readPlaywright(file: string, exitCode: number): Promise<Outcome> {
  const report = await readReport<PlaywrightReport>(file);
  const stats = report?.stats;
  const count = withRunner(exitCode, {
    passed: stats?.expected ?? 0,
    failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: stats?.skipped ?? 0,
  });
  if (!report) return { ...count, failures: [] };
  const folder = path.relative(ROOT, report.config.rootDir);
  const names = report.suites.flatMap((suite) => namePlaywrightFailures(suite, []));
  return { ...count, failures: names.map((name) => `${folder}/${name}`) };
}

function namePlaywrightFailures(suite: Suite, groups: readonly string[]): string[] {
  const titles = [...groups, suite.title];
  const failed = suite.specs.filter(({ tests }) =>
    tests.some(({ status }) => status === "unexpected" || status === "flaky"),
  );
  const nested = (suite.suites ?? []).flatMap((inner) => namePlaywrightFailures(inner, titles));
  return [...failed.map(({ title }) => [...titles, title].join(" › ")), ...nested];
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
