import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "..");
const BIOME = path.join(ROOT, "node_modules/@biomejs/biome/bin/biome");
const CONFIG = { plugins: ["./layers.grit"], linter: { rules: { preset: "none" } } };

/** For each rule of layers.grit, an import that it refuses. */
const REFUSED = [
  ["lib/flags/a.ts", "#testing/factories.ts"],
  ["environment/a.ts", "#lib/config.ts"],
  ["lib/a.ts", "./audit/event.ts"],
  ["lib/db/a.ts", "../people/get-person.ts"],
  ["lib/phones/a.ts", "../numbers/get-number.ts"],
  ["lib/waiting/a.ts", "../flags/set-flag.ts"],
  ["lib/sessions/a.ts", "../people/get-person.ts"],
  ["lib/people/a.ts", "../tokens/list-tokens.ts"],
  ["lib/sign-in/a.ts", "../tokens/list-tokens.ts"],
  ["lib/numbers/a.ts", "../flags/set-flag.ts"],
  ["lib/flags/a.ts", "../schedules/local-time.ts"],
  ["lib/schedules/a.ts", "../roster/import-roster.ts"],
  ["lib/accounts/a.ts", "../flags/set-flag.ts"],
  ["lib/flags/a.ts", "../roster/import-roster.ts"],
  ["lib/schedules/a.ts", "../requests/get-request.ts"],
  ["lib/requests/a.ts", "../roster/import-roster.ts"],
  ["lib/batches/a.ts", "../roster/import-roster.ts"],
  ["lib/roster/a.ts", "../http/api/problem.ts"],
  ["lib/notices/a.ts", "../http/api/problem.ts"],
  ["lib/webhooks/a.ts", "../http/api/problem.ts"],
  ["lib/flags/a.ts", "../webhooks/create-endpoint.ts"],
  ["lib/http/request/a.ts", "../api/problem.ts"],
  ["lib/http/api/a.ts", "../pages/plain-page.ts"],
  ["lib/http/pages/a.ts", "../server/closing.ts"],
  ["postgres/a.ts", "#testing/factories.ts"],
  ["testing/http/a.ts", "../../scripts/serve.ts"],
  ["bench/a.ts", "../scripts/serve.ts"],
  ["scripts/a.ts", "../bench/writes.ts"],
] as const;

const TAKEN = [
  ["lib/b.ts", "#environment/fields.ts"],
  ["lib/flags/b.ts", "../numbers/get-number.ts"],
  ["lib/tokens/b.ts", "../sign-in/require-fresh-sign-in.ts"],
  ["lib/http/server/b.ts", "../pages/plain-page.ts"],
  ["lib/db/b.test.ts", "../flags/set-flag.ts"],
  ["scripts/b.ts", "#testing/factories.ts"],
] as const;

test("an upward import is refused, also of a type, and a downward one is accepted", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "layers-"));
  await copyFile(path.join(ROOT, "layers.grit"), path.join(folder, "layers.grit"));
  await writeFile(path.join(folder, "biome.json"), JSON.stringify(CONFIG));
  const files = new Map<string, string>();
  for (const [file, source] of [...REFUSED, ...TAKEN]) {
    files.set(file, `${files.get(file) ?? ""}import type { A } from "${source}";\n`);
  }
  for (const [file, text] of files) {
    await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  const args = [BIOME, "lint", "--reporter=json", "--max-diagnostics=100", "."];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(
    (error) => error as { stdout: string },
  );
  await rm(folder, { recursive: true });
  const lines = REFUSED.map(([file, source]) => `${file} ${source}`);
  expect(readRefused(stdout).sort()).toEqual(lines.sort());

  /** `FILE SOURCE` of each diagnostic. */
  function readRefused(report: string): string[] {
    const { diagnostics } = JSON.parse(report) as { diagnostics: Diagnostic[] };
    return diagnostics.map(({ location: { path: file, start } }) => {
      const line = files.get(file)?.split("\n")[start.line - 1] ?? "";
      return `${file} ${/"(.*)"/.exec(line)?.[1]}`;
    });
  }
});

type Diagnostic = { location: { path: string; start: { line: number } } };
