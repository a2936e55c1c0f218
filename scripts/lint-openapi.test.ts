import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { readOpenApiDocument } from "#lib/http/api/openapi/openapi-route.ts";

const run = promisify(execFile);
const SCRIPT = path.join(import.meta.dirname, "lint-openapi.ts");

test("the document as served has no problems", async () => {
  const { stdout } = await run(process.execPath, [SCRIPT]);
  expect(stdout).toBe("The OpenAPI document has no problems.\n");
});

test("a document with a problem ends with exit code 1, and the problem is named", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "openapi-"));
  const file = path.join(folder, "openapi.json");
  const { components: _, ...broken } = readOpenApiDocument();
  await writeFile(file, JSON.stringify(broken));
  await expect(run(process.execPath, [SCRIPT, file])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("no-unresolved-refs"),
  });
  await rm(folder, { recursive: true });
});
