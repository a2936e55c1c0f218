import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { db } from "./db/client.ts";
import { foldText } from "./fold-text.ts";

useTestDatabase();

async function foldedByDatabase(texts: readonly string[]): Promise<string[]> {
  const rows = await db().$queryRaw<{ folded: string }[]>`
    SELECT fold_text(t) AS folded FROM unnest(${texts}::text[]) WITH ORDINALITY AS w(t, place)
    ORDER BY place`;
  return rows.map(({ folded }) => folded);
}

/** What this Node decomposes by a newer Unicode than the database's, which leaves such letters as they are. */
async function findNewerLetters(): Promise<Set<string>> {
  const all = Array.from({ length: 0x110000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code));
  const decomposed = all.filter((letter) => letter.normalize("NFKD") !== letter);
  const rows = await db().$queryRaw<{ letter: string }[]>`
    SELECT letter FROM unnest(${decomposed}::text[]) AS letter WHERE NOT unicode_assigned(letter)`;
  return new Set(rows.map(({ letter }) => letter));
}

describe("folded text", () => {
  test.each([
    ["São João", "sao joao"],
    ["Sa\u0303o", "sao"],
    ["ÅNGSTRÖM Łódź Đà Nẵng", "angstrom lodz da nang"],
    ["Straße STRASSE", "strasse strasse"],
    ["ﬁnanças Œuvre Ærø", "financas oeuvre aero"],
    ["İstanbul ırmak", "istanbul irmak"],
    ["ΟΔΟΣ οδός", "οδοσ οδοσ"],
    ["МОСКВА Москва", "москва москва"],
    ["Ｆｕｌｌ１２３", "full123"],
    ["مُحَمَّد محمـد", "محمد محمد"],
    ["株式会社ガ", "株式会社ガ"],
    ["a\u00A0 b\t\r\nc\u3000\u2028d ", "a b c d"],
    ["zero\u200Bwidth soft\u00ADhyphen \u202Eover\u202C", "zerowidth softhyphen over"],
    ["d’água – “x”", 'd\'agua - "x"'],
    ["100% _\\", "100% _\\"],
  ])("of %j is %j", async (typed, folded) => {
    expect(foldText(typed)).toBe(folded);
    expect(await foldedByDatabase([typed])).toEqual([folded]);
  });

  test("is the same in the database for every character that it knows", async () => {
    let count = 0;
    for (let first = 0; first < 0x20000; first += 0x2000) {
      const rows = await db().$queryRaw<{ text: string; folded: string }[]>`
        SELECT text, fold_text(text) AS folded
        FROM generate_series(${first}::int, ${first + 0x1fff}::int) AS code
        CROSS JOIN LATERAL (SELECT 'x' || chr(code) || 'y' AS text) AS w
        WHERE code > 0 AND code NOT BETWEEN 55296 AND 57343 AND unicode_assigned(chr(code))`;
      expect(rows.filter(({ text, folded }) => folded !== foldText(text))).toEqual([]);
      count += rows.length;
    }
    expect(count).toBeGreaterThan(80_000);
    // 130,000 characters, each folded by both.
  }, 60_000);

  test("is the same in the database for any text, and folding again changes nothing", async () => {
    const newer = await findNewerLetters();
    const text = fc
      .string({ unit: "binary" })
      .filter((value) => !value.includes("\0") && ![...value].some((letter) => newer.has(letter)));
    const parts = fc.array(fc.oneof(text, fc.constantFrom("é", "\u0301", "ß", " ", "\u00A0", "Ж")));
    await fc.assert(
      fc.asyncProperty(fc.array(parts, { minLength: 50, maxLength: 50 }), async (lists) => {
        const texts = lists.map((list) => list.join(""));
        const folded = texts.map(foldText);
        expect(await foldedByDatabase(texts)).toEqual(folded);
        expect(folded.map(foldText)).toEqual(folded);
      }),
      { numRuns: 20 },
    );
  });
});
