import { execFile } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { aPerson } from "#lib/testing/factories.ts";
import { useTestDatabase } from "#lib/testing/use-test-database.ts";

const database = useTestDatabase();

function run(...args: string[]): Promise<{ code: number; said: string }> {
  const program = [path.join(import.meta.dirname, "person-pseudonymise.ts"), ...args];
  const env = { ...process.env, DATABASE_URL: database.appUrl() };
  return new Promise((resolve) => {
    execFile(process.execPath, program, { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr });
    });
  });
}

test("a person becomes a pseudonym from the shell, with a reason", async () => {
  const { id } = await aPerson("support");
  expect(await run(id)).toMatchObject({ code: 1, said: expect.stringContaining("Use:") });
  expect(await run(id, "x")).toMatchObject({ code: 1, said: expect.stringContaining("reason") });
  expect(await run(id, "Request 17 of the data protection office")).toMatchObject({
    code: 0,
    said: expect.stringContaining("Former person"),
  });
  const { name } = await db().person.findUniqueOrThrow({ where: { id } });
  expect(name).toMatch(/^Former person/);
});
