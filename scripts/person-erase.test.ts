import { expect, test } from "vitest";
import { requestErasure } from "#lib/people/request-erasure.ts";
import { setPersonDisabled } from "#lib/people/set-person-disabled.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson } from "#testing/factories.ts";
import { runScript } from "#testing/run-script.ts";

const database = useTestDatabase();

async function run(settings: Record<string, string>, ...args: string[]): Promise<string> {
  const all = { DATABASE_URL: database.appUrl(), ...settings };
  const { code, stdout, stderr } = await runScript("person-erase.ts", { settings: all, args });
  return `${code}: ${stdout}${stderr}`;
}

test("the command needs the owner of the database, and says who cannot be erased yet", async () => {
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
