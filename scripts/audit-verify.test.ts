import { execFile } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { aNumber } from "#lib/testing/factories.ts";
import { useTestDatabase } from "#lib/testing/use-test-database.ts";
import { withClient } from "./postgres/with-client.ts";

const database = useTestDatabase();

/** The program as npm runs it. */
function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const program = [path.join(import.meta.dirname, "audit-verify.ts"), ...args];
  const env = { ...process.env, DATABASE_URL: database.appUrl() };
  return new Promise((resolve) => {
    execFile(process.execPath, program, { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

test("a whole trail is said to be whole, with its head", async () => {
  await aNumber({ accepts: true });
  const { code, stdout, stderr } = await run();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/whole: 1 entries, revision 1, head [0-9a-f]{64}/);
});

test("a trail that was edited is refused with exit code 1, and the entry is named", async () => {
  await withClient(database.ownerUrl(), (owner) =>
    owner.query(`SET session_replication_role = replica;
      UPDATE audit_event SET reason = 'Somebody else asked' WHERE seq = 1`),
  );
  const { code, stderr } = await run();
  expect(code).toBe(1);
  expect(stderr).toContain("The trail is NOT whole. Entry 1 was edited");
});

test("an argument it does not know is refused, not ignored", async () => {
  expect(await run("--fast")).toMatchObject({ code: 1, stderr: expect.stringContaining("--fast") });
});
