import { beforeAll, describe, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson } from "#testing/factories.ts";
import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { toIndexedLetters } from "./indexed-letters.ts";
import { listNumbers } from "./list-numbers.ts";
import { toSearched } from "./search-condition.ts";

const database = useTestDatabase();

let reader: PersonActor;
beforeAll(async () => {
  reader = await aPerson("account_manager");
});

async function labels(q: string): Promise<string[]> {
  return (await listNumbers(reader, { q })).items.map(({ label }) => label);
}

describe("a search finds", () => {
  beforeAll(async () => {
    const manager = await aPerson("admin");
    await db().person.update({ where: { id: manager.id }, data: { name: "Zoë Müller" } });
    const accountId = await anAccount("Padaria São João");
    await db().account.update({ where: { id: accountId }, data: { managerId: manager.id } });
    await aNumber({ label: "Suporte  Ação", accountId, displayPhoneNumber: "+5511987654321" });
    await aNumber({ label: "ﬁnanças-SP (xq)", accountId, portfolioId: "777123456789012" });
    await aNumber({ label: "東京支店" });
    await aNumber({ label: "50%_off\\now" });
    await aNumber({ label: "Exp 50 off now" });
  });

  test.each<[string, string, string[]]>([
    ["without accents and case", "ACAO", ["Suporte  Ação"]],
    ["with accents that are not there", "fínanças", ["ﬁnanças-SP (xq)"]],
    ["decomposed letters", "Ac\u0327a\u0303o", ["Suporte  Ação"]],
    ["ligatures spelt out", "financas", ["ﬁnanças-SP (xq)"]],
    ["across repeated and other blanks", "suporte\u00A0 ação", ["Suporte  Ação"]],
    ["every word in any field", "joao muller acao 98765", ["Suporte  Ação"]],
    ["no number that lacks a word", "joao muller acao 98766", []],
    ["by the manager's name", "zoe", ["Suporte  Ação", "ﬁnanças-SP (xq)"]],
    ["by the portfolio", "777123456789012", ["ﬁnanças-SP (xq)"]],
    ["a phone with other words", "padaria 98765-4321", ["Suporte  Ação"]],
    ["two letters at a word's beginning", "sp", ["ﬁnanças-SP (xq)"]],
    ["two letters behind punctuation", "xq", ["ﬁnanças-SP (xq)"]],
    ["two letters not in the middle of a word", "na", []],
    ["no beginning of one letter that is not there", "q zoe", []],
    ["two signs of a script without blanks anywhere", "支店", ["東京支店"]],
    ["a percent sign as itself", "50%", ["50%_off\\now"]],
    ["an underscore as itself", "%_o", ["50%_off\\now"]],
    ["a backslash as itself", "f\\n", ["50%_off\\now"]],
    ["short signs of regular expressions as themselves", ".*", []],
  ])("%s: %j", async (_, q, expected) => {
    expect(await labels(q)).toEqual(expected);
  });

  test("more words than any number has: nothing, at once", async () => {
    const words = Array.from({ length: 2_000 }, (_, index) => `word${index.toString(36)}x`);
    expect(await labels(words.join(" "))).toEqual([]);
  });
});

describe("the searched text", () => {
  test("follows the account, its manager and the manager's name", async () => {
    const manager = await aPerson("admin");
    const accountId = await anAccount("Quitanda");
    await aNumber({ label: "Follows", accountId });
    expect(await labels("quitanda follows")).toEqual(["Follows"]);
    await db().account.update({ where: { id: accountId }, data: { name: "Armazém" } });
    expect(await labels("quitanda follows")).toEqual([]);
    expect(await labels("armazem follows")).toEqual(["Follows"]);
    await db().account.update({ where: { id: accountId }, data: { managerId: manager.id } });
    expect(await labels(`follows ${manager.email}`)).toEqual(["Follows"]);
    await db().person.update({ where: { id: manager.id }, data: { name: "Gräfin Ünal" } });
    expect(await labels("unal follows")).toEqual(["Follows"]);
    await db().account.update({ where: { id: accountId }, data: { managerId: null } });
    expect(await labels("unal follows")).toEqual([]);
  });

  test("follows the number's own fields and its move to another account", async () => {
    const phoneNumberId = await aNumber({ label: "Before" });
    const accountId = await anAccount("Moved here");
    const data = { label: "After", wabaId: "424242424242", accountId };
    await db().number.update({ where: { phoneNumberId }, data });
    expect(await labels("before moved")).toEqual([]);
    expect(await labels("after 424242424242 moved")).toEqual(["After"]);
  });

  test("is written by the database itself", async () => {
    const phoneNumberId = await aNumber({ label: "Guarded" });
    const write = db().numberSearch.update({ where: { phoneNumberId }, data: { text: "x" } });
    await expect(write).rejects.toThrow(/permission denied/);
  });
});

describe("among 50,000 numbers", () => {
  beforeAll(async () => {
    await withClient(database.ownerUrl(), async (client) => {
      await client.query(`
        INSERT INTO account (external_id, name)
        SELECT 'many-' || i, 'Mercado ' || i FROM generate_series(1, 2500) i`);
      await client.query(`
        INSERT INTO number (phone_number_id, display_phone_number, label, account_id, portfolio_id, waba_id)
        SELECT (700000000000000 + i)::text, '+4930' || (10000000 + i), 'Filiale ' || md5(i::text), a.id, '31', '32'
        FROM generate_series(1, 45000) i JOIN account a ON a.external_id = 'many-' || (1 + i % 2500)`);
      await client.query(`
        INSERT INTO number (phone_number_id, display_phone_number, label, account_id, portfolio_id, waba_id)
        SELECT (800000000000000 + i)::text, '+7495' || (1000000 + i),
               translate(md5(i::text), '0123456789abcdef', 'абвгдежзиклмнопр') || ' ' ||
               chr(19968 + i % 1000) || chr(20968 + i % 900), a.id, '31', '32'
        FROM generate_series(1, 5000) i JOIN account a ON a.external_id = 'many-' || (1 + i % 2500)`);
      await client.query("VACUUM ANALYZE number_search, number, account");
    });
    // 50,000 numbers are made and indexed.
  }, 120_000);

  type Plan = { "Node Type": string; "Index Name"?: string; Plans?: Plan[] };
  async function indexesOf(query: Prisma.Sql): Promise<(string | undefined)[]> {
    const [row] = await db().$queryRaw<{ "QUERY PLAN": { Plan: Plan }[] }[]>`
      EXPLAIN (FORMAT JSON) ${query}`;
    const flatten = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flatten)];
    const [plan] = row?.["QUERY PLAN"] ?? [];
    return plan ? flatten(plan.Plan).flatMap((node) => node["Index Name"] ?? []) : [];
  }

  test.each([
    ["a rare word", "0cc175", null],
    ["a phone", "4930 10012345", "493010012345"],
    ["the beginning of a word", "zq", null],
    ["one letter", "z", null],
    ["words of several fields", "mercado 0cc175", null],
  ])("%s is looked for by the index", async (_, text, digits) => {
    const candidates = Prisma.sql`${toSearched({ text, digits })} LIMIT 2001`;
    const indexes = await indexesOf(candidates);
    expect(new Set(indexes)).toEqual(new Set(["number_search_text"]));
  });

  test.each([
    ["a word in Cyrillic", "абракадабра"],
    ["the beginning of one", "юж"],
    ["two signs in Chinese", "支店"],
    ["words of several scripts", "mercado абракадабра"],
  ])("%s is looked for by an index, too, whatever the database's ctype", async (_, text) => {
    const candidates = Prisma.sql`${toSearched({ text, digits: null })} LIMIT 2001`;
    const indexes = await indexesOf(candidates);
    expect(indexes).toContain("number_search_letters");
  });

  test("letters of any script find the labels that have them", async () => {
    const [row] = await db().$queryRaw<{ label: string }[]>`
      SELECT label FROM number WHERE phone_number_id = '800000000000007'`;
    const [word = "", signs = ""] = row?.label.split(" ") ?? [];
    for (const q of [word.toUpperCase(), word.slice(5, 12), `${word.slice(0, 2)} ${signs}`]) {
      expect(await labels(q)).toContain(row?.label);
    }
    expect(await labels(`${word.slice(5, 12)} ${signs.slice(0, 1)}\u9FA5`)).toEqual([]);
  });

  test("the database writes letters into that index as the search does", async () => {
    const [row] = await db().$queryRaw<{ text: string; letters: string }[]>`
      SELECT text, search_letters(text) AS letters FROM (
        SELECT string_agg(chr(code), '' ORDER BY code) AS text
        FROM generate_series(1, 100000, 7) AS code WHERE code NOT BETWEEN 55296 AND 57343) AS w`;
    expect(toIndexedLetters(row?.text ?? "")).toBe(row?.letters);
  });

  test("a few that match are found without walking the list's order", async () => {
    const { id } = await db().account.findUniqueOrThrow({ where: { externalId: "many-7" } });
    const { items } = await listNumbers(reader, { q: "mercado 7", accountId: id, limit: 5 });
    expect(items.map(({ account }) => account.name)).toEqual(Array(5).fill("Mercado 7"));
    const startedAt = performance.now();
    expect((await listNumbers(reader, { q: "0cc175b9" })).items).toHaveLength(0);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  test("many that match come a page at a time, in order", async () => {
    const page = await listNumbers(reader, { q: "filiale mercado", limit: 50 });
    const more = await listNumbers(reader, {
      q: "filiale mercado",
      limit: 50,
      cursor: page.nextCursor ?? "",
    });
    const all = [...page.items, ...more.items].map(({ label }) => label);
    expect(all).toHaveLength(100);
    expect(all).toEqual([...all].sort());
  });
});
