import { execFile } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { requestErasure } from "#lib/access/request-erasure.ts";
import { setPersonDisabled } from "#lib/access/set-person-disabled.ts";
import { aPerson } from "#lib/testing/factories.ts";
import { useTestDatabase } from "#lib/testing/use-test-database.ts";

const database = useTestDatabase();

function run(settings: Record<string, string>, ...args: string[]): Promise<string> {
  const program = [path.join(import.meta.dirname, "person-erase.ts"), ...args];
  const env = { ...process.env, DATABASE_URL: database.appUrl(), ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, program, { env }, (error, stdout, stderr) => {
      resolve(`${error?.code ?? 0}: ${stdout}${stderr}`);
    });
  });
}

test("it takes the owner of the database, and says who is not due yet", async () => {
  const [admin, person] = [await aPerson("admin"), await aPerson("support")];
  const asked = { personId: person.id, reason: "Request 17 of the data protection office" };
  await setPersonDisabled(admin, { ...asked, isDisabled: true });
  await requestErasure(admin, { ...asked, expectedEmail: person.email });
  expect(await run({})).toMatch(/^1: .*OWNER_DATABASE_URL is not set/);
  const owner = { OWNER_DATABASE_URL: database.ownerUrl() };
  expect(await run(owner)).toMatch(
    new RegExp(`^0: Person ${person.id} can be erased from \\d{4}-`),
  );
});
