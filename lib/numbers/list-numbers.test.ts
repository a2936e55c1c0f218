import { beforeAll, describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, anOrigin, aPerson, aSystem } from "#testing/factories.ts";
import { aCount, anHour, reportNow } from "#testing/http/report.ts";
import type { Actor, PersonActor } from "../access/actor.ts";
import type { Role } from "../db/generated/enums.ts";
import { setFlag } from "../flags/set-flag.ts";
import { toPageCursor } from "../page-cursor.ts";
import { getNumber } from "./get-number.ts";
import { listNeighbours } from "./list-neighbours.ts";
import { listNumberHistory } from "./list-number-history.ts";
import { type ListNumbersInput, listNumbers } from "./list-numbers.ts";
import { listNumbersById } from "./list-numbers-by-id.ts";
import { summariseMatches } from "./summarise-matches.ts";

useTestDatabase();

let reader: PersonActor;
let zebra: string;
const ids: Record<string, string> = {};

beforeAll(async () => {
  reader = await aPerson("account_manager");
  zebra = await anAccount("Zebra 100%");
  const acme = await anAccount("acme");
  const make = async (label: string, phone: string, rest: Parameters<typeof aNumber>[0] = {}) => {
    ids[label] = await aNumber({ label, displayPhoneNumber: phone, accountId: acme, ...rest });
  };
  await make("Suporte", "+5511912345678", { accepts: true });
  await make("marketing", "+5511912345679");
  await make("Vendas_1", "+442079460000", { accountId: zebra });
  await make("Vendas 2", "+16045852331", { accountId: zebra, accepts: true });
  await make("Alt", "+16045852332", { isRetired: true });
  const lost = (label: string, phoneLessDropped: number, hoursAgo = 0) =>
    aCount(ids[label] as string, { phoneLessDropped, hour: anHour(hoursAgo) });
  const old = lost("Suporte", 99, 200);
  const counts = [lost("marketing", 3), lost("marketing", 4, 100), lost("Vendas_1", 30), old];
  await reportNow({ counts: [...counts, aCount(ids.Alt as string, { legacy: 9 })] });
});

async function labels(input: ListNumbersInput): Promise<string[]> {
  return (await listNumbers(reader, input)).items.map(({ label }) => label);
}

describe("the list of numbers", () => {
  test.each<[string, ListNumbersInput, string[]]>([
    [
      "everything, by label whatever its case",
      {},
      ["Alt", "marketing", "Suporte", "Vendas 2", "Vendas_1"],
    ],
    [
      "everything, where nothing is asked for that can be seen",
      { q: " \u200b\u00a0\u2060" },
      ["Alt", "marketing", "Suporte", "Vendas 2", "Vendas_1"],
    ],
    ["part of a label", { q: "suport" }, ["Suporte"]],
    ["part of an account", { q: "zeb" }, ["Vendas 2", "Vendas_1"]],
    ["a wildcard is a letter: _", { q: "vendas_" }, ["Vendas_1"]],
    ["a wildcard is a letter: %", { q: "100%" }, ["Vendas 2", "Vendas_1"]],
    ["a phone as people write it", { q: "+55 (11) 91234-5678" }, ["Suporte"]],
    ["a phone without its country", { q: "020 7946 0000" }, ["Vendas_1"]],
    ["the middle of a phone", { q: "604 585 233" }, ["Alt", "Vendas 2"]],
    [
      "several pasted phones",
      { q: "please: (11) 91234-5678\n604-585-2331 ok?" },
      ["Suporte", "Vendas 2"],
    ],
    ["a whole phone, not those that have its digits in them", { q: "585-2331" }, ["Vendas 2"]],
    ["one phone in a pasted sentence", { q: "Please enable (11) 91234-5678 for us." }, ["Suporte"]],
    ["nothing that matches", { q: "nobody" }, []],
    ["the accepting ones", { accepts: "true" }, ["Suporte", "Vendas 2"]],
    [
      "the phone-only ones in service",
      { accepts: "false", retired: "false" },
      ["marketing", "Vendas_1"],
    ],
    ["the retired ones", { retired: "true" }, ["Alt"]],
    ["most lost first", { sort: "loss", retired: "false", limit: 2 }, ["Vendas_1", "marketing"]],
    ["those that are losing", { losing: "true" }, ["marketing", "Vendas_1"]],
    ["those that are not", { losing: "false" }, ["Alt", "Suporte", "Vendas 2"]],
    ["latest change first", { sort: "changed", accepts: "true" }, ["Vendas 2", "Suporte"]],
  ])("finds %s", async (_, input, expected) => {
    expect(await labels(input)).toEqual(expected);
  });

  test("orders by account", async () => {
    const accounts = (await listNumbers(reader, { sort: "account" })).items.map(
      ({ account }) => account.name,
    );
    expect(accounts).toEqual(["acme", "acme", "acme", "Zebra 100%", "Zebra 100%"]);
  });

  test("finds a phone_number_id, and filters by account", async () => {
    expect(await labels({ q: ids.Suporte })).toEqual(["Suporte"]);
    expect(await labels({ accountId: zebra })).toEqual(["Vendas 2", "Vendas_1"]);
  });

  test.each(["label", "account", "changed", "loss"] as const)(
    "by %s pages forth and back without gap",
    async (sort) => {
      const all = (await listNumbers(reader, { sort })).items;
      const forth: typeof all = [];
      let page = await listNumbers(reader, { sort, limit: 2 });
      expect(page.previousCursor).toBeNull();
      for (;;) {
        forth.push(...page.items);
        if (page.nextCursor === null) break;
        page = await listNumbers(reader, { sort, limit: 2, cursor: page.nextCursor });
      }
      expect(forth).toEqual(all);
      const back = [...page.items];
      while (page.previousCursor !== null) {
        page = await listNumbers(reader, {
          sort,
          limit: 2,
          cursor: page.previousCursor,
          backwards: true,
        });
        back.unshift(...page.items);
      }
      expect(back).toEqual(all);
    },
  );

  test("pages by loss do not change when the next hour begins", async () => {
    const { nextCursor } = await listNumbers(reader, { sort: "loss", limit: 1 });
    const [sort, key, id, since] = JSON.parse(
      Buffer.from(nextCursor ?? "", "base64url").toString(),
    );
    const earlier = toPageCursor([sort, key, id, since - 3_600_000]);
    const page = await listNumbers(reader, { sort: "loss", limit: 1, cursor: earlier });
    expect(page.items.map(({ label }) => label)).toEqual(["marketing"]);
  });

  test("says how many match, and how each number of a pasted text was read", async () => {
    const q =
      "Order 4501: (11) 91234-5678, +1 999 000 1111,\n585-2331; 123456789012345, 5.5119E+12";
    expect(await summariseMatches(reader, { q, accepts: "false" })).toEqual({
      total: 0,
      isCapped: false,
      reading: {
        found: [
          { written: "(11) 91234-5678", phoneNumberIds: [ids.Suporte] },
          { written: "585-2331", phoneNumberIds: [ids["Vendas 2"]] },
        ],
        ambiguous: [],
        notFound: ["+1 999 000 1111", "123456789012345"],
        ignored: ["4501"],
        damaged: ["5.5119E+12"],
      },
    });
  });

  test.each([
    ["words", "zeb", null],
    ["words with digits that are there", "Vendas 2", null],
    ["one number that is not there", "Ativar (11) 90000-0001", ["(11) 90000-0001"]],
    ["one that is", "Ativar +55 11 91234-5678", []],
  ])("of %s it says what was not found", async (_, q, notFound) => {
    expect((await summariseMatches(reader, { q })).reading?.notFound ?? null).toEqual(notFound);
  });

  test("finds the 501st pasted number, and the one at the end of a long mail", async () => {
    const unknown = Array.from({ length: 500 }, (_, place) => `+1 212 555 ${1000 + place}`);
    expect(await labels({ q: [...unknown, "+44 20 7946 0000"].join("\n") })).toEqual(["Vendas_1"]);
    const mail = `${"We like the service a lot. ".repeat(40)} Please: 020 7946 0000`;
    expect(await labels({ q: mail })).toEqual(["Vendas_1"]);
  });

  test.each<[string, unknown]>([
    ["limit", { limit: 0 }],
    ["limit", { limit: "many" }],
    ["limit", { limit: 201 }],
    ["accepts", { accepts: "yes" }],
    ["accountId", { accountId: "acme" }],
    ["cursor", { cursor: "bm90IG9uZQ" }],
    ["q", { q: "a\u0000b" }],
    ["sort", { sort: "random()" }],
    ["losing", { losing: "a lot" }],
    ["cursor", { sort: "loss", cursor: toPageCursor(["loss", "3", "1", 0]) }],
    ["cursor", { sort: "loss", cursor: toPageCursor(["loss", "3", "1"]) }],
    ["cursor", { sort: "loss", cursor: toPageCursor(["loss", "many", "1", Date.now()]) }],
  ])("refuses a wrong %s", async (path, input) => {
    await expect(listNumbers(reader, input as ListNumbersInput)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path }],
    });
  });

  test("refuses a cursor of another order", async () => {
    const { nextCursor } = await listNumbers(reader, { limit: 1 });
    const input = { sort: "changed" as const, cursor: nextCursor ?? "" };
    await expect(listNumbers(reader, input)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});

describe("numbers by id", () => {
  test("are returned with retired ones, without unknown ones", async () => {
    const asked = [ids.Suporte as string, ids.Alt as string, "42", ids.Suporte as string];
    const rows = await listNumbersById(reader, asked);
    expect(rows.map(({ label }) => label).sort()).toEqual(["Alt", "Suporte"]);
    expect(rows).toContainEqual(await getNumber(reader, ids.Suporte as string));
    expect(await listNumbersById(reader, [])).toEqual([]);
  });

  test.each<[string, string[]]>([
    ["a malformed id", ["4x2"]],
    ["more than 100", Array.from({ length: 101 }, (_, id) => String(id))],
  ])("are refused for %s", async (_, asked) => {
    await expect(listNumbersById(reader, asked)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});

describe("one number", () => {
  test("comes with its account, and with who changed it", async () => {
    const support = await aPerson("support");
    const phoneNumberId = ids.marketing as string;
    await setFlag(support, { phoneNumberId, acceptsBsuid: true, reason: "They asked for it" });
    expect(await getNumber(reader, phoneNumberId)).toMatchObject({
      phoneNumberId,
      displayPhoneNumber: "+5511912345679",
      account: { name: "acme", manager: null },
      acceptsBsuid: true,
      flagVersion: 1,
      flagChangedBy: { email: support.email, name: support.name },
      retiredAt: null,
    });
    const history = await listNumberHistory(reader, phoneNumberId, {});
    expect(history.items).toMatchObject([{ action: "flag.enabled", reason: "They asked for it" }]);
  });

  test.each<[string, boolean]>([
    ["account_manager", false],
    ["support", false],
    ["a service token", false],
    ["auditor", true],
    ["admin", true],
    ["who changed it", true],
  ])("says to %s from where it was changed: %s", async (who, isShown) => {
    const phoneNumberId = await aNumber();
    const origin = { ...anOrigin(), ip: "203.0.113.9", userAgent: "Firefox" };
    const support = { ...(await aPerson("support")), origin };
    const service = {
      type: "service",
      id: "1",
      name: "S",
      scopes: ["numbers:read"],
      origin,
    } as const;
    await setFlag(support, { phoneNumberId, acceptsBsuid: true, reason: "They asked for it" });
    const others: Record<string, Actor> = { "a service token": service, "who changed it": support };
    const asked = others[who] ?? (await aPerson(who as Role));
    const [event] = (await listNumberHistory(asked, phoneNumberId, {})).items;
    expect([event?.ip, event?.userAgent]).toEqual(
      isShown ? ["203.0.113.9", "Firefox"] : [null, null],
    );
  });

  test("has for neighbours those of its account and portfolio in service", async () => {
    const number = await getNumber(reader, ids.Suporte as string);
    const neighbours = await listNeighbours(reader, number);
    expect(neighbours.map(({ label }) => label)).toEqual(["marketing"]);
  });

  test("that is unknown is not found; a malformed id is invalid input", async () => {
    await expect(getNumber(reader, "42")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(getNumber(reader, "4x2")).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(listNumberHistory(reader, "42", {})).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("is not shown without number:read", async () => {
    const stranger = aSystem("flag:read");
    const number = await getNumber(reader, ids.Suporte as string);
    for (const attempt of [
      () => listNumbers(stranger, {}),
      () => summariseMatches(stranger, {}),
      () => getNumber(stranger, number.phoneNumberId),
      () => listNeighbours(stranger, number),
      () => listNumbersById(stranger, [number.phoneNumberId]),
      () => listNumberHistory(stranger, number.phoneNumberId, {}),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
  });
});
