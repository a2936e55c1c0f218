import { describe, expect, test } from "vitest";
import { parseExactJson } from "#sdk/rules.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson, aSystem } from "#testing/factories.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import { setPersonDisabled } from "../people/set-person-disabled.ts";
import { importRoster } from "./import-roster.ts";
import { MAX_ENTRIES } from "./read-roster.ts";
import { MAX_PROBLEMS, RefusedRoster } from "./roster-problem.ts";

useTestDatabase();

async function refusalOf(source: Parameters<typeof importRoster>[1]): Promise<RefusedRoster> {
  try {
    await importRoster(aSystem("roster:write"), source);
  } catch (error) {
    if (error instanceof RefusedRoster) return error;
    throw error;
  }
  throw new Error("The roster was imported.");
}

const problemsOf = async (...values: unknown[]) => (await refusalOf(toSource(values))).problems;

describe("a roster is refused, naming place, field, value and why,", () => {
  test.each([
    ["phoneNumberId", 106540352242922.5, /string of digits, in quotes/],
    ["phoneNumberId", -106540352242922, /string of digits, in quotes/],
    ["phoneNumberId", parseExactJson("1.06540352242922e+17"), /string of digits, in quotes/],
    ["phoneNumberId", "1.0654E+14", /scientific notation; format the column as text/],
    ["phoneNumberId", "106540352242922.0", /decimal/],
    ["phoneNumberId", "10654-035", /1 to 32 digits/],
    ["phoneNumberId", "", /1 to 32 digits/],
    ["displayPhoneNumber", "5.51191E+12", /scientific notation; format the column as text/],
    ["displayPhoneNumber", "11 91234-5678", /country code is missing/],
    ["displayPhoneNumber", 5511912345678.5, /must be text/],
    ["label", " ", /1 to 200 characters/],
    ["label", "a\u0000b", /control character/],
    ["label", "\uD800", /broken Unicode/],
    ["accountName", "x".repeat(201), /1 to 200 characters/],
    ["accountExternalId", "", /1 to 200 characters/],
    ["managerEmail", "nobody", /not an e-mail address/],
    ["portfolioId", true, /string of digits, in quotes/],
    ["portfolioId", "9E14", /scientific notation/],
    ["wabaId", "waba", /1 to 32 digits/],
    ["label", "Loja \u202Egnp", /U\+202E at character 6 \(RIGHT-TO-LEFT OVERRIDE\)/],
    ["accountName", "\u2067Loja", /U\+2067 at character 1/],
    ["label", "\u200B\u00AD", /nothing in it that can be seen.*U\+200B at character 1/],
    ["phoneNumberId", "10654\u200B0352", /U\+200B at character 6/],
    ["portfolioId", "\u202A900\u202C", /U\+202A at character 1/],
    ["managerEmail", "a\u200Bb@example.com", /U\+200B at character 2/],
  ])("for a %s of %j", async (field, value, why) => {
    const shown = typeof value === "string" ? expect.any(String) : JSON.stringify(value);
    expect(await problemsOf({ ...anEntry(), [field]: value })).toEqual([
      { at: "[0]", field, value: shown, why: expect.stringMatching(why) },
    ]);
  });

  test("for missing and unknown fields, all at once", async () => {
    const { label: _, wabaId: __, ...entry } = anEntry();
    expect(await problemsOf({ ...entry, acceptsBsuid: true })).toEqual([
      { at: "[0]", field: "label", value: null, why: "this field is missing." },
      { at: "[0]", field: "wabaId", value: null, why: "this field is missing." },
      { at: "[0]", field: "acceptsBsuid", value: "true", why: "a roster entry has no such field." },
    ]);
  });

  test.each([[null], [7], ["text"], [[anEntry()]]])("for an entry that is %j", async (value) => {
    expect(await problemsOf(value)).toMatchObject([
      { at: "[0]", field: null, why: "a roster entry is an object with named fields." },
    ]);
  });

  test("for a number that is there twice, with both places", async () => {
    const entry = anEntry();
    expect(await problemsOf(entry, anEntry(), { ...entry, label: "Vendas" })).toMatchObject([
      { at: "[2]", field: "phoneNumberId", why: expect.stringMatching(/at \[0\] and at \[2\]/) },
    ]);
  });

  test("for an account with two names or two managers, with both places", async () => {
    const [one, two] = [await aPerson("support"), await aPerson("admin")];
    const { accountExternalId, accountName } = anEntry();
    const entry = () => anEntry({ accountExternalId, accountName });
    const problems = await problemsOf(
      entry(),
      { ...entry(), managerEmail: one.email },
      { ...entry(), managerEmail: two.email },
      { ...entry(), accountName: "Other", managerEmail: "" },
    );
    expect(problems).toMatchObject([
      { at: "[2]", field: "managerEmail", why: expect.stringContaining(`${one.email} at [1]`) },
      { at: "[3]", field: "accountName", why: expect.stringContaining("at [0]") },
      { at: "[3]", field: "managerEmail", why: expect.stringContaining("none at [3]") },
    ]);
  });

  test("for a manager who is unknown or disabled", async () => {
    const gone = await aPerson("account_manager");
    const disable = { personId: gone.id, isDisabled: true, reason: "Left the company" };
    await setPersonDisabled(aSystem("person:manage"), disable);
    const problems = await problemsOf(
      { ...anEntry(), managerEmail: "unknown@staff.test" },
      { ...anEntry(), managerEmail: gone.email },
    );
    expect(problems).toMatchObject([
      { at: "[0]", value: "unknown@staff.test", why: expect.stringMatching(/nobody here/) },
      { at: "[1]", value: gone.email, why: expect.stringMatching(/disabled/) },
    ]);
  });

  test.each([
    ["accountExternalId", "acc-\u0430", "acc-a"],
    ["accountExternalId", "acc\u20101", "acc-1"],
    ["accountName", "\u0410cme", "Acme"],
    ["accountName", "Ａcme Ltd", "Acme Ltd"],
  ])("for an %s %j that looks the same as another account's %j", async (field, one, other) => {
    const why = expect.stringMatching(/looks the same as that of (another )?account/);
    const [first, second] = [
      { ...anEntry(), [field]: other },
      { ...anEntry(), [field]: one },
    ];
    expect(await problemsOf(first, second)).toMatchObject([{ at: "[1]", field, why }]);
    await importRoster(aSystem("roster:write"), toSource([first]));
    expect(await problemsOf(second)).toMatchObject([{ at: "[0]", field, why }]);
  });

  test("with what its reader could not make out, in its place", async () => {
    async function* source() {
      yield { at: "line 2", problem: "not JSON", shown: "{" };
      yield { at: "line 3", value: { ...anEntry(), label: "" } };
    }
    expect((await refusalOf(source())).issues).toMatchObject([
      { path: "line 2", message: '"{": not JSON' },
      { path: "line 3: label", message: expect.stringMatching(/^"": label must have/) },
    ]);
  });

  test("with long values cut to eighty characters, never inside one", async () => {
    const [problem] = await problemsOf({ ...anEntry(), wabaId: "😀".repeat(5_000) });
    expect(problem?.value).toBe(`${"😀".repeat(80)}…`);
  });

  test("with at most a thousand problems, and how many more", async () => {
    const bad = Array.from({ length: MAX_PROBLEMS + 7 }, () => ({ ...anEntry(), label: "" }));
    const refusal = await refusalOf(toSource(bad));
    expect(refusal.issues).toHaveLength(MAX_PROBLEMS + 1);
    expect(refusal.issues.at(-1)?.message).toBe("7 more problems are not listed.");
    expect(refusal.message).toMatch(/^Nothing was imported: 1007 problems\./);
  });

  test(`beyond ${MAX_ENTRIES} entries, without reading on`, async () => {
    const entry = anEntry();
    let read = 0;
    async function* endless() {
      for (;;) {
        read += 1;
        yield { at: `[${read}]`, value: entry };
      }
    }
    await expect(importRoster(aSystem("roster:write"), endless())).rejects.toMatchObject({
      code: "PAYLOAD_TOO_LARGE",
    });
    expect(read).toBe(MAX_ENTRIES + 1);
    // A roster of 200,000 entries is read.
  }, 60_000);
});
