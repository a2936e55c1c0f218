import { execFile } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { readHead } from "#lib/audit/head/read-head.ts";
import { aNumber, aSystem } from "#lib/testing/factories.ts";
import { useTestDatabase } from "#lib/testing/use-test-database.ts";

const database = useTestDatabase();

function run(settings: Record<string, string>, ...args: string[]): Promise<string> {
  const program = [path.join(import.meta.dirname, "audit-restored.ts"), ...args];
  const env = { ...process.env, DATABASE_URL: database.appUrl(), ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, program, { env }, (error, stdout, stderr) => {
      resolve(`${error?.code ?? 0}: ${stdout}${stderr}`);
    });
  });
}

test("it takes the owner of the database, and refuses where nothing was lost", async () => {
  await aNumber({ accepts: true });
  await readHead(aSystem("audit:read"));
  const why = ["--reason", "The disk of the database was lost"];
  expect(await run({}, ...why)).toMatch(/^1: .*OWNER_DATABASE_URL is not set/);
  const owner = { OWNER_DATABASE_URL: database.ownerUrl() };
  expect(await run(owner, ...why)).toMatch(/^1: The trail goes on from entry 1/);
});
