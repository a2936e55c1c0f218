import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readPlaywright, readVitest } from "./reports.ts";
import { ROOT, toSummary } from "./run-check.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "reports-"));
});

afterAll(() => rm(folder, { recursive: true }));

async function report(content: unknown): Promise<string> {
  const file = path.join(folder, "report.json");
  await writeFile(file, JSON.stringify(content));
  return file;
}

const VITEST = {
  ...{ numPassedTests: 7, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 },
  testResults: [],
};
const PLAYWRIGHT = { config: { rootDir: path.join(ROOT, "e2e") }, suites: [] };

test("vitest's tests are counted, todo as skipped", async () => {
  const count = await readVitest(await report(VITEST), 0);
  expect(count).toEqual({ passed: 7, failed: 0, skipped: 2, failures: [] });
});

test("a runner that fails without a failed test is a failure", async () => {
  expect(await readVitest(await report(VITEST), 1)).toMatchObject({ passed: 7, failed: 1 });
  expect(await readVitest(path.join(folder, "none.json"), 0)).toMatchObject({ failed: 1 });
});

test("Playwright's tests are counted, flaky ones as failed; a run without tests is a failure", async () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
  const count = await readPlaywright(await report({ ...PLAYWRIGHT, stats }), 1);
  expect(count).toMatchObject({ passed: 3, failed: 2, skipped: 2 });
  const nothing = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
  expect(await readPlaywright(await report({ ...PLAYWRIGHT, stats: nothing }), 0)).toMatchObject({
    failed: 1,
  });
});

test("every failed test is named by file and title, and a file that does not load by itself", async () => {
  const testResults = [
    {
      name: path.join(ROOT, "lib/a.test.ts"),
      status: "failed",
      assertionResults: [
        { fullName: "a group it holds", status: "failed" },
        { fullName: "a group it passes", status: "passed" },
      ],
    },
    { name: path.join(ROOT, "lib/b.test.ts"), status: "failed", assertionResults: [] },
    { name: path.join(ROOT, "lib/c.test.ts"), status: "passed", assertionResults: [] },
  ];
  const vitest = await readVitest(await report({ ...VITEST, testResults }), 1);
  expect(vitest.failures).toEqual(["lib/a.test.ts › a group it holds", "lib/b.test.ts"]);

  const toSpec = (title: string, status: string) => ({ title, tests: [{ status }] });
  const suites = [
    {
      title: "numbers.spec.ts",
      specs: [toSpec("is listed at https://a.test", "unexpected"), toSpec("is found", "expected")],
      suites: [{ title: "at 320 px", specs: [toSpec("fits", "flaky")] }],
    },
  ];
  const stats = { expected: 1, unexpected: 1, flaky: 1, skipped: 0 };
  const playwright = await readPlaywright(await report({ ...PLAYWRIGHT, suites, stats }), 1);
  expect(playwright.failures).toEqual([
    "e2e/numbers.spec.ts › is listed at https://a.test",
    "e2e/numbers.spec.ts › at 320 px › fits",
  ]);
});

test("the summary ends with the names of the failed tests, and has no such part when all passed", () => {
  const good = { name: "Types", passed: 1, failed: 0, skipped: 0, failures: [], seconds: 1 };
  const bad = { ...good, name: "Unit tests", failed: 1, failures: ["lib/a.test.ts › holds"] };
  expect(toSummary([good])).toEqual(["ok   Types: 1 passed, 0 failed, 0 skipped (1.0 s)"]);
  expect(toSummary([good, bad]).slice(1)).toEqual([
    "FAIL Unit tests: 1 passed, 1 failed, 0 skipped (1.0 s)",
    "",
    "── Failed tests ──",
    "lib/a.test.ts › holds",
  ]);
});
