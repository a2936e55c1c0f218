import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson } from "#testing/factories.ts";
import { refusals } from "../access/refusal-log.ts";
import { ROLES } from "../access/roles.ts";
import { db } from "../db/client.ts";
import { findJumps, MAX_JUMP_CHARACTERS } from "./find-jumps.ts";

useTestDatabase();

/** An account, a number and a person that share a word. */
async function aWord() {
  const word = `Pão${randomUUID().slice(0, 8)}`;
  const accountId = await anAccount(`Padaria ${word}`);
  const phoneNumberId = await aNumber({ label: `Vendas ${word}`, accountId });
  const person = await aPerson("support");
  await db().person.update({ where: { id: person.id }, data: { name: `Nadia ${word}` } });
  return { word, accountId, phoneNumberId, personId: person.id };
}

test.each(ROLES)(
  "%s finds numbers and accounts, and people only who may see them",
  async (role) => {
    const { word, accountId, phoneNumberId, personId } = await aWord();
    const result = await findJumps(await aPerson(role), ` ${word.toUpperCase()} `);
    expect(result.numbers.map((number) => number.phoneNumberId)).toEqual([phoneNumberId]);
    expect(result.numberCount).toMatchObject({ total: 1, isCapped: false });
    expect(result.accounts.map(({ id }) => id)).toEqual([accountId]);
    expect(result.people.map(({ id }) => id)).toEqual(role === "admin" ? [personId] : []);
  },
);

test("who may not see people is not recorded as refused", async () => {
  const actor = await aPerson("account_manager");
  await findJumps(actor, "Nadia");
  await refusals().settled();
  expect(await db().auditEvent.count({ where: { actorId: actor.id } })).toBe(0);
});

test("five of each kind are found, and all numbers counted", async () => {
  const word = randomUUID().slice(0, 8);
  for (const place of [1, 2, 3, 4, 5, 6]) {
    const accountId = await anAccount(`${word} ${place}`);
    await aNumber({ label: `${word} ${place}`, accountId });
  }
  const result = await findJumps(await aPerson("admin"), word);
  expect(result.numbers).toHaveLength(5);
  expect(result.numberCount.total).toBe(6);
  expect(result.accounts).toHaveLength(5);
});

test("nothing is found without a text, and wildcards are letters", async () => {
  await aWord();
  const admin = await aPerson("admin");
  for (const typed of ["", "  ", "%", "_%_"]) {
    const { numbers, accounts, people } = await findJumps(admin, typed);
    expect({ numbers, accounts, people }, typed).toEqual({ numbers: [], accounts: [], people: [] });
  }
});

test.each([
  ["too long", "x".repeat(MAX_JUMP_CHARACTERS + 1)],
  ["a zero byte", "a\0b"],
  ["half a character", "a\ud800"],
])("a text with %s is refused", async (_, typed) => {
  const finding = findJumps(await aPerson("admin"), typed);
  await expect(finding).rejects.toMatchObject({ code: "INVALID_INPUT" });
});
