import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";

type Locked = { packages: Record<string, { optionalDependencies?: Record<string, string> }> };

// npm leaves out packages that its registry lacks at that moment; with a complete registry `npm ci` then
// refuses the whole lock file.
test("the lock file has the packages of every platform, so that npm ci accepts it everywhere", async () => {
  const file = path.resolve(import.meta.dirname, "../package-lock.json");
  const { packages } = JSON.parse(await readFile(file, "utf8")) as Locked;
  const locked = new Set(Object.keys(packages).map((name) => name.split("node_modules/").at(-1)));
  const wanted = Object.values(packages).flatMap((one) =>
    Object.keys(one.optionalDependencies ?? {}),
  );
  expect(wanted.filter((name) => !locked.has(name))).toEqual([]);
});
