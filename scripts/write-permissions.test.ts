import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { withPermissions } from "./write-permissions.ts";

test("docs/security.md has the permissions of the rules; npm run docs:permissions writes them", async () => {
  const text = await readFile(path.resolve(import.meta.dirname, "../docs/security.md"), "utf8");
  expect(text).toBe(withPermissions(text));
});

test("a document without the marker lines fails", () => {
  expect(() => withPermissions("# Security")).toThrow("lacks the lines");
});
