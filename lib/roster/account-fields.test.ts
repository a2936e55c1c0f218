import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson, aSchedule, aSystem } from "#testing/factories.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { requireTwoPeople } from "#testing/two-people.ts";
import { getAccount } from "../accounts/get-account.ts";
import { setAccountPeople } from "../accounts/set-account-people.ts";
import { setAccountZone } from "../accounts/set-account-zone.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { importRoster } from "./import-roster.ts";

useTestDatabase();

const reason = "Ana takes over in the north";
const load = (...entries: object[]) => importRoster(aSystem("roster:write"), toSource(entries));

async function accountOf(entry: { accountExternalId: string }) {
  const { id } = await db().account.findUniqueOrThrow({
    where: { externalId: entry.accountExternalId },
  });
  return await getAccount(aSystem("desk:read"), id);
}

test("a manager that the roster names wins over the one that was set in the console", async () => {
  const admin = await aPerson("admin");
  const [set, named] = [await aPerson("account_manager"), await aPerson("account_manager")];
  const entry = anEntry();
  await load(entry);
  const { id } = await accountOf(entry);
  await setAccountPeople(admin, {
    accountIds: [id],
    email: set.email,
    standIns: [set.email],
    reason,
  });
  expect(await accountOf(entry)).toMatchObject({ isManagerFromRoster: false });
  await load({ ...entry, managerEmail: named.email });
  expect(await accountOf(entry)).toMatchObject({
    manager: { email: named.email },
    isManagerFromRoster: true,
    standIns: [{ email: set.email }],
  });
  const [event] = (await readEvents({ targetId: id })).slice(-1);
  expect(event).toMatchObject({
    action: "account.updated",
    before: { managerEmail: set.email, managerId: set.id, isManagerFromRoster: false },
    after: { managerEmail: named.email, managerId: named.id, isManagerFromRoster: true },
  });
  expect(event?.batchId).toBeTruthy();
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
});

test("an empty manager takes away the roster's own, and never the one of the console", async () => {
  const admin = await aPerson("admin");
  const [named, set] = [await aPerson("account_manager"), await aPerson("account_manager")];
  const entry = anEntry({ managerEmail: named.email });
  await load(entry);
  const empty = { ...entry, managerEmail: "" };
  await load(empty);
  expect(await accountOf(entry)).toMatchObject({ manager: null, isManagerFromRoster: false });
  const { id } = await accountOf(entry);
  await setAccountPeople(admin, { accountIds: [id], email: set.email, reason });
  expect(await load(empty)).toMatchObject({ unchanged: 1 });
  expect(await accountOf(entry)).toMatchObject({ manager: { email: set.email } });
});

test("a roster without a word of the manager leaves them, and still wins", async () => {
  const named = await aPerson("account_manager");
  const entry = anEntry();
  await load({ ...entry, managerEmail: named.email });
  await load({ ...entry, label: "Vendas" });
  expect(await accountOf(entry)).toMatchObject({
    manager: { email: named.email },
    isManagerFromRoster: true,
  });
});

test("a zone of the roster is set and recorded; without one the console's stays", async () => {
  const admin = await aPerson("admin");
  const entry = anEntry();
  await load({ ...entry, accountZone: "america/recife" });
  const { id, zone } = await accountOf(entry);
  expect(zone).toBe("America/Recife");
  await setAccountZone(admin, { accountId: id, zone: "America/Bahia", reason });
  for (const silent of [{}, { accountZone: "" }, { accountZone: null }]) {
    expect(await load({ ...entry, ...silent })).toMatchObject({ unchanged: 1 });
  }
  expect(await accountOf(entry)).toMatchObject({ zone: "America/Bahia" });
  await load({ ...entry, accountZone: "America/Recife" });
  expect((await readEvents({ targetId: id })).at(-1)).toMatchObject({
    action: "account.updated",
    before: { zone: "America/Bahia" },
    after: { zone: "America/Recife" },
  });
});

test("what is no zone, and two zones of one account, are refused by place", async () => {
  const entry = anEntry({ accountZone: "America/Recife" });
  const { accountName, accountExternalId } = entry;
  const other = anEntry({ accountName, accountExternalId, accountZone: "America/Bahia" });
  await expect(load(entry, other)).rejects.toMatchObject({
    issues: [{ path: "[1]: accountZone", message: expect.stringContaining("two time zones") }],
  });
  await expect(load({ ...entry, accountZone: "Brazil" })).rejects.toMatchObject({
    issues: [{ path: "[0]: accountZone" }],
  });
});

test.each([
  ["portfolio", { portfolioId: "4242" }],
  ["WABA", { wabaId: "4242" }],
  ["account", { accountName: "Padaria Nova", accountExternalId: "acc-new" }],
])("a number that moves to another %s ends what waits for it, in words", async (_, moved) => {
  const { id: authorId } = await aPerson("support");
  const [entry, neighbour] = [anEntry(), anEntry()];
  await load(entry, neighbour);
  const id = await aSchedule({ authorId, phoneNumberId: entry.phoneNumberId });
  const other = await aSchedule({ authorId, phoneNumberId: neighbour.phoneNumberId });
  await load({ ...entry, ...moved }, neighbour);
  const read = (id: string) => db().schedule.findUniqueOrThrow({ where: { id } });
  expect(await read(id)).toMatchObject({ state: "failed", failureCode: "MOVED" });
  expect(await read(other)).toMatchObject({ state: "waiting" });
});

test("a number that is on and moves is switched off, and what waits for it ends as moved", async () => {
  const { id: authorId } = await aPerson("support");
  const entry = anEntry();
  await load(entry);
  const { phoneNumberId } = entry;
  const change = { phoneNumberId, acceptsBsuid: true, reason: "They asked for it" };
  await setFlag(aSystem("flag:set"), change);
  await requireTwoPeople((await accountOf(entry)).id);
  const id = await aSchedule({ authorId, phoneNumberId, flagVersion: 1 });
  await load({ ...entry, portfolioId: "4242" });
  expect(await db().schedule.findUniqueOrThrow({ where: { id } })).toMatchObject({
    failureCode: "MOVED",
  });
  expect(await db().number.findUniqueOrThrow({ where: { phoneNumberId } })).toMatchObject({
    acceptsBsuid: false,
    portfolioId: "4242",
  });
});
