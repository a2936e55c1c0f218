import { describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aSystem } from "#testing/factories.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import { db } from "../db/client.ts";
import { importRoster } from "./import-roster.ts";
import { isRoundedBy } from "./rounded-id.ts";

useTestDatabase();

const load = (values: readonly unknown[]) =>
  importRoster(aSystem("roster:write"), toSource(values));

describe("an id is known as what a program made of another one", () => {
  test.each([
    ["a spreadsheet's zeros", "122097329108006000", "122097329108006499", true],
    ["JavaScript's shortest digits", "122097329108006500", "122097329108006499", true],
    ["all digits of a double", "122097329108006496", "122097329108006499", true],
    ["twenty digits", "12209732910800650000", "12209732910800650999", true],
    ["the very same", "122097329108006499", "122097329108006499", false],
    ["fifteen digits are kept", "106540352242920", "106540352242922", false],
    ["a neighbour", "122097329108006498", "122097329108006499", false],
    ["another length", "12209732910800600", "122097329108006499", false],
  ])("%s: %s of %s", (_, given, intact, expected) => {
    expect(isRoundedBy(given, intact)).toBe(expected);
  });
});

test.each(["122097329108006000", "122097329108006500", "122097329108006496"])(
  "a number's portfolio that became %s on its way does not move it",
  async (portfolioId) => {
    const entry = anEntry({ portfolioId: "122097329108006499" });
    await load([entry]);
    await expect(load([{ ...entry, portfolioId }])).rejects.toThrow(/it is 122097329108006499/);
  },
);

test("a new number with the phone and the rounded id of a stored one is none", async () => {
  const entry = anEntry({ phoneNumberId: "552097329108006499" });
  await load([entry]);
  for (const phoneNumberId of ["552097329108006000", "552097329108006500"]) {
    const other = { ...entry, phoneNumberId };
    const ofTheSamePhone = { ...anEntry(), displayPhoneNumber: entry.displayPhoneNumber };
    await expect(load([other, anEntry()])).rejects.toThrow(/it is 552097329108006499/);
    await expect(load([other, ofTheSamePhone])).rejects.toThrow(/it is 552097329108006499/);
    expect(await db().number.count({ where: { phoneNumberId } })).toBe(0);
  }
  const neighbour = anEntry({ phoneNumberId: "552097329108006000" });
  expect(await load([neighbour])).toMatchObject({ created: 1 });
});
