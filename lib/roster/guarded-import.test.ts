import { describe, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aSystem } from "#testing/factories.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { retireNumber } from "../flags/retire-number.ts";
import { setFlags } from "../flags/set-flags.ts";
import type { ImportOptions } from "./import-options.ts";
import { importRoster } from "./import-roster.ts";
import type { RosterEntry } from "./roster-entry.ts";

useTestDatabase();

const load = (entries: readonly unknown[], options: ImportOptions = {}) =>
  importRoster(aSystem("roster:write"), toSource(entries), options);

/** So many numbers in the roster and the database, all of them on. */
async function accepting(count: number, overrides: Partial<RosterEntry> = {}) {
  const entries = Array.from({ length: count }, () => anEntry(overrides));
  await load(entries);
  const changes = entries.map(({ phoneNumberId }) => ({ phoneNumberId, acceptsBsuid: true }));
  await setFlags(aSystem("flag:set"), { changes, reason: "They asked for it" });
  return entries;
}

const move = (entries: readonly RosterEntry[]) =>
  entries.map((entry) => ({ ...entry, portfolioId: "4242" }));

const countOn = async (entries: readonly RosterEntry[]) => {
  const ids = entries.map(({ phoneNumberId }) => phoneNumberId);
  return await db().number.count({ where: { phoneNumberId: { in: ids }, acceptsBsuid: true } });
};

const countEvents = () => db().auditEvent.count();

describe("a dry run", () => {
  test("says what an import would do and switch off, and writes nothing", async () => {
    const entries = await accepting(3);
    const fresh = anEntry();
    const before = await countEvents();
    const [first, second, third] = move(entries);
    const changed = [first, second, { ...entries[2], label: "Vendas" }, fresh];
    expect(await load(changed, { dryRun: true })).toEqual({
      created: 1,
      updated: 3,
      unchanged: 0,
      wouldSwitchOff: [
        { phoneNumberId: first?.phoneNumberId, why: "moves" },
        { phoneNumberId: second?.phoneNumberId, why: "moves" },
      ],
      wouldSwitchOffCount: 2,
    });
    expect(third?.portfolioId).toBe("4242");
    expect(await countOn(entries)).toBe(3);
    expect(await countEvents()).toBe(before);
    const { phoneNumberId, accountExternalId } = fresh;
    expect(await db().number.count({ where: { phoneNumberId } })).toBe(0);
    expect(await db().account.count({ where: { externalId: accountExternalId } })).toBe(0);
  });

  test("names the first hundred and how many there are", async () => {
    const entries = await accepting(105);
    const result = await load(move(entries), { dryRun: true });
    expect(result.wouldSwitchOff).toHaveLength(100);
    expect(result.wouldSwitchOffCount).toBe(105);
  });

  test("refuses what an import refuses, and waits for nobody", async () => {
    await expect(load([{ ...anEntry(), label: "" }], { dryRun: true })).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    await db().$transaction(async (other) => {
      await other.$queryRaw`SELECT FROM ledger FOR UPDATE`;
      expect(await load([anEntry()], { dryRun: true })).toMatchObject({ created: 1 });
    });
  });
});

describe("an import that would switch off more than ten", () => {
  test("is refused with the number, and goes through when it is named", async () => {
    const entries = await accepting(11);
    const before = await countEvents();
    await expect(load(move(entries))).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringMatching(/would switch off 11 numbers .*expectSwitchedOff=11/),
    });
    expect(await countOn(entries)).toBe(11);
    expect(await countEvents()).toBe(before);
    expect(await load(move(entries), { expectSwitchedOff: 11 })).toMatchObject({ updated: 11 });
    expect(await countOn(entries)).toBe(0);
  });

  test("is refused when another number is named, fewer ones too", async () => {
    const entries = await accepting(11);
    for (const expectSwitchedOff of [0, 10, 12]) {
      await expect(load(move(entries), { expectSwitchedOff })).rejects.toMatchObject({
        code: "CONFLICT",
      });
    }
    const few = entries.slice(0, 2);
    await expect(load(move(few), { expectSwitchedOff: 0 })).rejects.toThrow(/2 numbers .*, not 0/);
    expect(await countOn(entries)).toBe(11);
  });

  test("an empty one does nothing, and is refused when it was to do something", async () => {
    const before = await countEvents();
    const wrong = [{ expectSwitchedOff: 3 }, { expectRetired: 2 }];
    for (const options of wrong) {
      await expect(load([], options)).rejects.toMatchObject({ code: "CONFLICT" });
    }
    expect(await load([], { expectSwitchedOff: 0 })).toMatchObject({ created: 0, updated: 0 });
    expect(await countEvents()).toBe(before);
  });

  test("does not count numbers that are off already", async () => {
    const entries = Array.from({ length: 12 }, () => anEntry());
    await load(entries);
    expect(await load(move(entries))).toMatchObject({ updated: 12 });
  });

  test("up to ten go without", async () => {
    const entries = await accepting(10);
    expect(await load(move(entries))).toEqual({ created: 0, updated: 10, unchanged: 0 });
  });
});

describe("digits that a spreadsheet lost", () => {
  const intact = { portfolioId: "102290129340398765", wabaId: "2022901293403987" };

  test("do not count as a move: the roster is refused, with the right id", async () => {
    const entries = await accepting(2, intact);
    const [one, two] = entries;
    const attempt = load([{ ...one, portfolioId: "102290129340398000" }, two]);
    await expect(attempt).rejects.toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "[0]: portfolioId", message: expect.stringContaining(intact.portfolioId) }],
    });
    await expect(load([one, { ...two, wabaId: "2022901293403980" }])).rejects.toMatchObject({
      issues: [{ path: "[1]: wabaId" }],
    });
    expect(await countOn(entries)).toBe(2);
  });

  test("are a warning if there is no stored id to compare with", async () => {
    const entries = [
      anEntry({ portfolioId: "102290129340398000", wabaId: "1" }),
      anEntry({ portfolioId: "102290129340411000", wabaId: "2" }),
    ];
    expect((await load(entries, { dryRun: true })).warnings).toMatchObject([
      { path: "portfolioId", message: expect.stringMatching(/zeros from the 16th digit/) },
    ]);
    const [one] = entries;
    const other = anEntry(intact);
    expect((await load([one, other], { dryRun: true })).warnings).toBeUndefined();
  });

  test("are another move when the digits before differ", async () => {
    const [entry] = await accepting(1, intact);
    const moved = { ...entry, portfolioId: "102290129340390000" };
    expect(await load([moved])).toMatchObject({ updated: 1 });
  });
});

describe("a warning, and no refusal,", () => {
  test("is given for a portfolio that is the WABA in all entries", async () => {
    const same = [
      anEntry({ portfolioId: "7", wabaId: "7" }),
      anEntry({ portfolioId: "8", wabaId: "8" }),
    ];
    const result = await load(same);
    expect(result).toMatchObject({ created: 2, warningCount: 1 });
    expect(result.warnings).toMatchObject([{ path: "portfolioId" }]);
    expect((await load([...same, anEntry()])).warnings).toBeUndefined();
  });

  test("is given for a phone of another number, in the roster or beside it", async () => {
    const outside = anEntry();
    const retired = anEntry();
    await load([outside, retired]);
    const { phoneNumberId } = retired;
    await retireNumber(aSystem("number:retire"), { phoneNumberId, reason: "The shop has closed" });
    const phone = ({ displayPhoneNumber }: RosterEntry) => ({ displayPhoneNumber });
    const [one, two] = [anEntry(), anEntry(phone(outside))];
    const entries = [one, two, anEntry(phone(one)), anEntry(phone(retired))];
    const { warnings } = await load(entries, { dryRun: true });
    expect(warnings).toMatchObject([
      { path: "[2]: displayPhoneNumber", message: expect.stringContaining(one.phoneNumberId) },
      { path: "[1]: displayPhoneNumber", message: expect.stringContaining(outside.phoneNumberId) },
    ]);
  });

  test("names who shares a phone in another spelling of it", async () => {
    const [stored, mobile] = [
      anEntry({ displayPhoneNumber: "+55 11 98123-4077" }),
      anEntry({ displayPhoneNumber: "+52 1 55 4433 2211" }),
    ];
    await load([stored]);
    const { warnings } = await load([
      mobile,
      anEntry({ displayPhoneNumber: "+55 11 8123-4077" }),
      anEntry({ displayPhoneNumber: "+52 55 4433 2211" }),
    ]);
    expect(warnings).toMatchObject([
      { path: "[2]: displayPhoneNumber", message: expect.stringContaining(mobile.phoneNumberId) },
      { path: "[1]: displayPhoneNumber", message: expect.stringContaining(stored.phoneNumberId) },
    ]);
  });

  test("is given for a phone that no numbering plan knows", async () => {
    const entry = anEntry({ displayPhoneNumber: "+999 123 4567 89" });
    const result = await load([entry]);
    expect(result.warnings).toMatchObject([{ path: "[0]: displayPhoneNumber" }]);
    const { phoneNumberId } = entry;
    const stored = await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
    expect(stored.displayPhoneNumber).toBe("+999123456789");
  });
});

describe("a roster that retires what it leaves out", () => {
  test("is refused beyond five in a hundred, and retires those named", async () => {
    const all = await db().number.findMany({ where: { retiredAt: null } });
    const entries = await accepting(3);
    const absent = all.length;
    const retiring = { retireAbsent: true, expectSwitchedOff: await on(all) };
    await expect(load(entries, retiring)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringMatching(
        new RegExp(`would retire ${absent} .*expectRetired=${absent}`),
      ),
    });
    expect(await load(entries, { ...retiring, dryRun: true })).toMatchObject({
      unchanged: 3,
      wouldRetireCount: absent,
    });
    const result = await load(entries, { ...retiring, expectRetired: absent });
    expect(result).toEqual({ created: 0, updated: 0, unchanged: 3, retired: absent });
    expect(await db().number.count({ where: { retiredAt: null } })).toBe(3);
    expect(await countOn(entries)).toBe(3);
  });

  test("switches off first what is on, with events of one batch", async () => {
    const kept = Array.from({ length: 30 }, () => anEntry());
    const [gone] = await accepting(1);
    await load(kept);
    const rest = await db().number.findMany({
      where: { retiredAt: null, phoneNumberId: { not: gone?.phoneNumberId ?? "" } },
    });
    const stay = kept.concat(
      await entriesOf(
        rest.map(({ phoneNumberId }) => phoneNumberId),
        kept,
      ),
    );
    expect(await load(stay, { retireAbsent: true })).toMatchObject({ retired: 1 });
    const events = await db().auditEvent.findMany({
      where: { targetId: gone?.phoneNumberId ?? "" },
      orderBy: { seq: "asc" },
    });
    expect(events.slice(1).map(({ action }) => action)).toEqual([
      "flag.disabled",
      "number.retired",
    ]);
    expect(new Set(events.slice(1).map(({ batchId }) => batchId)).size).toBe(1);
  });

  test("is refused when it is empty", async () => {
    await expect(load([], { retireAbsent: true, expectRetired: 3 })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });
});

async function on(numbers: readonly { phoneNumberId: string; acceptsBsuid: boolean }[]) {
  return numbers.filter(({ acceptsBsuid }) => acceptsBsuid).length;
}

/** The entries of stored numbers, but those of `known`. */
async function entriesOf(ids: readonly string[], entries: readonly RosterEntry[]) {
  const rows = await db().number.findMany({
    where: { phoneNumberId: { in: [...ids] } },
    include: { account: true },
  });
  const isKnown = new Set(entries.map(({ phoneNumberId }) => phoneNumberId));
  return rows
    .filter(({ phoneNumberId }) => !isKnown.has(phoneNumberId))
    .map(({ phoneNumberId, displayPhoneNumber, label, portfolioId, wabaId, account }) => ({
      phoneNumberId,
      displayPhoneNumber,
      label,
      portfolioId,
      wabaId,
      accountName: account.name,
      accountExternalId: account.externalId,
    }));
}

test("the trail of all these imports is whole", async () => {
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
});
