import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { withPermissions } from "./write-permissions.ts";

test("docs/security.md says who may do what as the rules are; npm run docs:permissions writes it", async () => {
  const text = await readFile(path.resolve(import.meta.dirname, "../docs/security.md"), "utf8");
  expect(text).toBe(withPermissions(text));
});

test("a document without the place for it is told so", () => {
  expect(() => withPermissions("# Security")).toThrow("lacks the lines");
});
