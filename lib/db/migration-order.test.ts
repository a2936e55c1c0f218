import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const PRISMA = path.resolve(import.meta.dirname, "../../prisma");

/** Our migrations in the order in which they were committed, then those that are not yet. */
async function listAsAdded(): Promise<string[]> {
  const entries = await readdir(path.join(PRISMA, "migrations"), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const committed = (await listCommitted()).filter((name) => names.includes(name));
  return [...new Set([...committed, ...names.sort()])];
}

/** None where there is no history, as in an unpacked archive. */
async function listCommitted(): Promise<string[]> {
  const log = ["log", "--reverse", "--first-parent", "--no-renames", "--diff-filter=A"];
  const files = ["--format=", "--name-only", "--", "migrations/*/migration.sql"];
  const { stdout } = await promisify(execFile)("git", [...log, ...files], { cwd: PRISMA }).catch(
    () => ({ stdout: "" }),
  );
  return stdout.split("\n").map((file) => path.basename(path.dirname(file)));
}

function findMisplaced(names: readonly string[]): string[] {
  const dateOf = (name = "") => name.slice(0, 14);
  return names.flatMap((name, index) => {
    const latest = names.slice(0, index).sort().at(-1);
    return dateOf(name) > dateOf(latest)
      ? []
      : `${name}: name it after ${latest}, which databases have already`;
  });
}

test("each migration is dated after those that databases have already", async () => {
  const names = await listAsAdded();
  expect(names).toContain("20261206000000_foundation");
  expect(findMisplaced(names)).toEqual([]);
});

test.each([
  ["dated before one that came earlier", ["20261206000000_foundation", "20261201000000_late"]],
  ["of the same date", ["20261206000000_foundation", "20261206000000_twin"]],
])("one that is %s is refused", (_, names) => {
  expect(findMisplaced(names)).toEqual([
    expect.stringMatching(`^${names[1]}: name it after ${names[0]}`),
  ]);
});
