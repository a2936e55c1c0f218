import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson, aSignedInPerson } from "#testing/factories.ts";
import { db } from "../db/client.ts";
import { createToken } from "../tokens/create-token.ts";
import { createPerson } from "./create-person.ts";
import { renamePerson } from "./rename-person.ts";

useTestDatabase();

const expiresAt = new Date(Date.now() + 86_400_000);

/** What each verb that names somebody or something makes of a name. */
const NAMED_BY = {
  "a new person": async (name: string) => {
    const input = { name, email: `${randomUUID()}@staff.test`, role: "support" as const };
    return (await createPerson(await aPerson("admin"), input)).name;
  },
  "a renamed person": async (name: string) => {
    const { id: personId, email } = await aPerson("support");
    const input = { personId, name, email, reason: "They married" };
    await renamePerson(await aPerson("admin"), input);
    return (await db().person.findUniqueOrThrow({ where: { id: personId } })).name;
  },
  "a token": async (name: string) => {
    const input = { kind: "service" as const, scopes: ["flags:read" as const], name, expiresAt };
    const { id } = await createToken(await aSignedInPerson("admin"), input);
    return (await db().token.findUniqueOrThrow({ where: { id } })).name;
  },
};

describe.each(Object.entries(NAMED_BY))("%s", (_, toName) => {
  test.each([
    ["Pat\u202E Admin", /U\+202E at character 4/],
    ["\u2067Pat", /U\+2067 at character 1/],
    ["\u200B\u2060", /nothing in it that can be seen/],
    ["Pat\nAdmin\u0007", /U\+0007/],
  ])("is refused the name %j", async (name, why) => {
    await expect(toName(name)).rejects.toThrow(why);
  });

  test("is called as it looks", async () => {
    expect(await toName(" Jo\u0061\u0303o\u200B  da\u00A0Silva ")).toBe("João da Silva");
  });
});
