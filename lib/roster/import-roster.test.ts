import { describe, expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOrigin, aPerson, aSystem, aToken } from "#testing/factories.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { retireNumber } from "../flags/retire-number.ts";
import { setFlag } from "../flags/set-flag.ts";
import { setPersonDisabled } from "../people/set-person-disabled.ts";
import { revokeToken } from "../tokens/revoke-token.ts";
import { importRoster } from "./import-roster.ts";

const database = useTestDatabase();

const provisioner = () => aSystem("roster:write");
const load = (...values: unknown[]) => importRoster(provisioner(), toSource(values));
const countEvents = () => db().auditEvent.count();
const numberOf = (phoneNumberId: string) =>
  db().number.findUniqueOrThrow({
    where: { phoneNumberId },
    include: { account: { include: { manager: true } } },
  });
const eventsOf = (targetId: string) => readEvents({ targetId });
const switchOn = (phoneNumberId: string) =>
  setFlag(aSystem("flag:set"), { phoneNumberId, acceptsBsuid: true, reason: "They asked for it" });

describe("importRoster", () => {
  test("creates numbers and accounts, phone-only, and says so in one event", async () => {
    const admin = await aPerson("admin");
    const manager = await aPerson("account_manager");
    const entry = anEntry({ displayPhoneNumber: "+55 (11) 91234-5678" });
    const sibling = { ...anEntry(), accountExternalId: entry.accountExternalId };
    sibling.accountName = entry.accountName;
    const entries = [{ ...entry, managerEmail: ` ${manager.email.toUpperCase()} ` }, sibling];

    const result = await importRoster(admin, toSource(entries));

    expect(result).toEqual({ created: 2, updated: 0, unchanged: 0 });
    expect(await numberOf(entry.phoneNumberId)).toMatchObject({
      displayPhoneNumber: "+5511912345678",
      label: entry.label,
      portfolioId: entry.portfolioId,
      wabaId: entry.wabaId,
      acceptsBsuid: false,
      account: { name: entry.accountName, manager: { email: manager.email } },
    });
    const { requestId } = admin.origin;
    const events = await readEvents({ requestId });
    expect(events).toMatchObject([
      {
        action: "roster.imported",
        targetType: "roster",
        targetDisplay: "Roster of 2 numbers",
        actorId: admin.id,
        before: null,
        after: { created: 2, updated: 0, unchanged: 0, switchedOff: 0, accountsCreated: 1 },
        revision: null,
      },
    ]);
    expect(events[0]?.batchId).toBe(events[0]?.targetId);
  });

  test("of an unchanged roster writes nothing", async () => {
    const manager = await aPerson("support");
    const entries = [{ ...anEntry(), managerEmail: manager.email }, anEntry(), anEntry()];
    await load(...entries);
    const before = await countEvents();
    expect(await load(...entries)).toEqual({ created: 0, updated: 0, unchanged: 3 });
    expect(await countEvents()).toBe(before);
  });

  test("of an empty roster writes nothing", async () => {
    const before = await countEvents();
    expect(await load()).toEqual({ created: 0, updated: 0, unchanged: 0 });
    expect(await countEvents()).toBe(before);
  });

  test("updates a number, with exactly the changed fields in its event", async () => {
    const entry = anEntry();
    const other = anEntry();
    await load(entry, other);
    const changed = { ...entry, label: "Vendas", displayPhoneNumber: "+52 55 1234 5678" };
    expect(await load(changed, other)).toEqual({ created: 0, updated: 1, unchanged: 1 });
    const [event] = await eventsOf(entry.phoneNumberId);
    expect(event).toMatchObject({
      action: "number.updated",
      targetDisplay: "Vendas (+525512345678)",
      before: { label: entry.label, displayPhoneNumber: entry.displayPhoneNumber },
      after: { label: "Vendas", displayPhoneNumber: "+525512345678" },
    });
    const imported = (
      await readEvents({ action: "roster.imported", batchId: event?.batchId ?? "" })
    )[0];
    expect(imported?.after).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
    expect(await eventsOf(other.phoneNumberId)).toEqual([]);
  });

  test("never touches a flag that stays in its portfolio", async () => {
    const entry = anEntry();
    await load(entry);
    await switchOn(entry.phoneNumberId);
    const { accountName: _, accountExternalId: __, ...same } = entry;
    const { accountName, accountExternalId } = anEntry();
    await load({ ...same, accountName, accountExternalId, label: "Vendas", wabaId: "77" });
    expect(await numberOf(entry.phoneNumberId)).toMatchObject({
      acceptsBsuid: true,
      flagVersion: 1,
      label: "Vendas",
      account: { externalId: accountExternalId },
    });
  });

  test("switches a number off that moves to another portfolio, and says why", async () => {
    const [moving, also, off] = [anEntry(), anEntry({ portfolioId: "111" }), anEntry()];
    await load(moving, also, off);
    await switchOn(moving.phoneNumberId);
    await switchOn(also.phoneNumberId);
    const move = { portfolioId: "4242" };
    const result = await load({ ...moving, ...move }, { ...also, ...move }, { ...off, ...move });
    expect(result).toEqual({ created: 0, updated: 3, unchanged: 0 });
    expect(await numberOf(moving.phoneNumberId)).toMatchObject({
      acceptsBsuid: false,
      portfolioId: "4242",
      flagVersion: 2,
    });
    const [, disabled, updated] = await eventsOf(moving.phoneNumberId);
    expect(disabled).toMatchObject({
      action: "flag.disabled",
      before: { acceptsBsuid: true },
      after: { acceptsBsuid: false },
      reason: `Moved from portfolio ${moving.portfolioId} to 4242: its customers have other BSUIDs there.`,
    });
    expect(disabled?.revision).not.toBeNull();
    expect(updated).toMatchObject({
      action: "number.updated",
      before: { portfolioId: moving.portfolioId },
      after: { portfolioId: "4242" },
      batchId: disabled?.batchId,
    });
    expect((await eventsOf(also.phoneNumberId))[1]?.reason).toMatch(/from portfolio 111 to 4242/);
    expect(await eventsOf(off.phoneNumberId)).toHaveLength(1);
  });

  test("renames an account, with an event for all its numbers, in the roster or not", async () => {
    const entry = anEntry();
    const { accountExternalId, accountName } = entry;
    const outside = anEntry({ accountExternalId, accountName });
    await load(entry, outside);
    expect(await load({ ...entry, accountName: "Padaria Nova" })).toMatchObject({ updated: 1 });
    expect((await numberOf(outside.phoneNumberId)).account.name).toBe("Padaria Nova");
    for (const { phoneNumberId } of [entry, outside]) {
      expect(await eventsOf(phoneNumberId)).toMatchObject([
        { before: { accountName }, after: { accountName: "Padaria Nova" } },
      ]);
    }
  });

  test("treats two spellings of one account as one, and removes invisible characters", async () => {
    const entry = anEntry({ label: "Ac\u0327a\u0303o\u200B", accountName: "Pada\u00ADria  São" });
    const { accountExternalId } = entry;
    const other = anEntry({ accountExternalId, accountName: "Padaria\u00A0Sa\u0303o" });
    await load(entry, { ...other, accountExternalId: `${accountExternalId}\u200B` });
    expect(await numberOf(entry.phoneNumberId)).toMatchObject({
      label: "Ação",
      account: { name: "Padaria São", externalId: accountExternalId },
    });
    expect((await numberOf(other.phoneNumberId)).account.externalId).toBe(accountExternalId);
  });

  test.each([
    ["the very same name", "Bill 10", "Bill 10"],
    ["names that are nearly the same", "Bill 20", "BiI1 2O"],
  ])("warns of two accounts with %s", async (_, first, second) => {
    const [one, two] = [anEntry({ accountName: first }), anEntry({ accountName: second })];
    await load(one);
    expect(await load(two)).toMatchObject({
      created: 1,
      warnings: [
        { path: "[0]: accountName", message: expect.stringContaining(one.accountExternalId) },
      ],
    });
    expect(await load(one, two)).toEqual({ created: 0, updated: 0, unchanged: 2 });
  });

  test("moves a number to another account without renaming the one it leaves", async () => {
    const [entry, other] = [anEntry(), anEntry()];
    await load(entry, other);
    const { accountExternalId, accountName } = other;
    await load({ ...entry, accountExternalId, accountName });
    expect((await eventsOf(entry.phoneNumberId))[0]).toMatchObject({
      before: { accountExternalId: entry.accountExternalId, accountName: entry.accountName },
      after: { accountExternalId, accountName },
    });
    const left = await db().account.findUnique({
      where: { externalId: entry.accountExternalId },
    });
    expect(left?.name).toBe(entry.accountName);
  });

  test("sets and clears a manager, and keeps the stored one when there is none in the roster", async () => {
    const manager = await aPerson("admin");
    const managerOf = async () => (await numberOf(entry.phoneNumberId)).account.manager?.email;
    const entry = anEntry();
    await load({ ...entry, managerEmail: manager.email });
    expect(await managerOf()).toBe(manager.email);
    await load({ ...entry, label: "Vendas" });
    expect(await managerOf()).toBe(manager.email);
    await load({ ...entry, label: "Vendas", managerEmail: "" });
    expect(await managerOf()).toBeUndefined();
    expect((await eventsOf(entry.phoneNumberId)).at(-1)).toMatchObject({
      before: { managerEmail: manager.email },
      after: { managerEmail: null },
    });
  });

  test("keeps a manager who left, where a renaming roster says nothing of them", async () => {
    const manager = await aPerson("account_manager");
    const entry = anEntry();
    await load({ ...entry, managerEmail: manager.email });
    const disable = { personId: manager.id, isDisabled: true, reason: "Left the company" };
    await setPersonDisabled(aSystem("person:manage"), disable);
    await load({ ...entry, accountName: "Padaria Nova" });
    expect((await numberOf(entry.phoneNumberId)).account.manager?.id).toBe(manager.id);
  });

  test("keeps a retired number retired, and updates the rest of it", async () => {
    const entry = anEntry();
    await load(entry);
    const { phoneNumberId } = entry;
    await retireNumber(aSystem("number:retire"), { phoneNumberId, reason: "The shop has closed" });
    expect(await load({ ...entry, label: "Vendas" })).toMatchObject({ updated: 1 });
    const number = await numberOf(phoneNumberId);
    expect(number.label).toBe("Vendas");
    expect(number.retiredAt).not.toBeNull();
  });
});

describe("an import leaves everything as it was", () => {
  test("when one entry of many is wrong", async () => {
    const good = anEntry();
    const before = await countEvents();
    await expect(load(good, { ...anEntry(), label: "" })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "[1]: label" }],
    });
    expect(await db().number.count({ where: { phoneNumberId: good.phoneNumberId } })).toBe(0);
    expect(await countEvents()).toBe(before);
  });

  test.each(["support", "account_manager", "auditor"] as const)("for %s", async (role) => {
    const actor = await aPerson(role);
    const entry = anEntry();
    const attempt = importRoster(actor, toSource([entry]));
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await db().number.count({ where: { phoneNumberId: entry.phoneNumberId } })).toBe(0);
  });

  test("for a service token without the scope, or revoked while it sends", async () => {
    const { id } = await aToken({ scopes: ["roster:write"] });
    const origin = anOrigin();
    const service = { type: "service", id, name: "Provisioning", origin } as const;
    const without = { ...service, scopes: ["numbers:read"] } as const;
    await expect(importRoster(without, toSource([anEntry()]))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const entry = anEntry();
    async function* sendSlowly() {
      yield { at: "[0]", value: entry };
      await revokeToken(aSystem("token:manage"), { tokenId: id, reason: "It leaked somewhere" });
    }
    const actor = { ...service, scopes: ["roster:write"] } as const;
    await expect(importRoster(actor, sendSlowly())).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
    });
    expect(await db().number.count({ where: { phoneNumberId: entry.phoneNumberId } })).toBe(0);
  });

  test("when the audit trail cannot be written", async () => {
    const [entry, fresh] = [anEntry(), anEntry()];
    await load(entry);
    await switchOn(entry.phoneNumberId);
    const moved = { ...entry, portfolioId: "1", label: "Vendas", accountName: "Nova" };
    await whileAuditFails(database.ownerUrl(), async () => {
      await expect(load(moved, fresh)).rejects.toThrow(/broken by a test/);
      await expect(load({ ...entry, label: "Vendas" })).rejects.toThrow(/broken by a test/);
      await expect(load(fresh)).rejects.toThrow(/broken by a test/);
    });
    const { label, portfolioId, accountName } = entry;
    expect(await numberOf(entry.phoneNumberId)).toMatchObject({
      label,
      portfolioId,
      acceptsBsuid: true,
      account: { name: accountName },
    });
    expect(await db().number.count({ where: { phoneNumberId: fresh.phoneNumberId } })).toBe(0);
    expect(await db().account.count({ where: { externalId: fresh.accountExternalId } })).toBe(0);
  });

  test("when its source breaks off", async () => {
    const entry = anEntry();
    async function* breakOff() {
      yield { at: "[0]", value: entry };
      throw new Error("connection reset");
    }
    await expect(importRoster(provisioner(), breakOff())).rejects.toThrow("connection reset");
    expect(await db().number.count({ where: { phoneNumberId: entry.phoneNumberId } })).toBe(0);
  });
});

test("the trail of all these imports is whole", async () => {
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
});
