import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countPlaywright, countVitest } from "./reports.ts";

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

const VITEST = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 };

test("vitest's tests are counted, todo as skipped", async () => {
  const count = await countVitest(await report(VITEST), 0);
  expect(count).toEqual({ passed: 7, failed: 0, skipped: 2 });
});

test("a runner that fails without a failed test is a failure", async () => {
  expect(await countVitest(await report(VITEST), 1)).toMatchObject({ passed: 7, failed: 1 });
  expect(await countVitest(path.join(folder, "none.json"), 0)).toMatchObject({ failed: 1 });
});

test("Playwright's tests are counted, flaky ones as failed; a run without tests is a failure", async () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
  const count = await countPlaywright(await report({ stats }), 1);
  expect(count).toEqual({ passed: 3, failed: 2, skipped: 2 });
  const nothing = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
  expect(await countPlaywright(await report({ stats: nothing }), 0)).toMatchObject({ failed: 1 });
});
