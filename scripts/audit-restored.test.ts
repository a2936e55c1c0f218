import { expect, test } from "vitest";
import { readHead } from "#lib/audit/head/read-head.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aSystem } from "#testing/factories.ts";
import { runScript } from "#testing/run-script.ts";

const database = useTestDatabase();

async function run(settings: Record<string, string>, ...args: string[]): Promise<string> {
  const all = { DATABASE_URL: database.appUrl(), ...settings };
  const { code, stdout, stderr } = await runScript("audit-restored.ts", { settings: all, args });
  return `${code}: ${stdout}${stderr}`;
}

test("the command needs the owner of the database, and refuses when nothing was lost", async () => {
  await aNumber({ accepts: true });
  await readHead(aSystem("audit:read"));
  const why = ["--reason", "The disk of the database was lost"];
  expect(await run({}, ...why)).toMatch(/^1: .*OWNER_DATABASE_URL is not set/);
  const owner = { OWNER_DATABASE_URL: database.ownerUrl() };
  expect(await run(owner, ...why)).toMatch(/^1: The trail goes on from entry 1/);
});
