import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson, aSystem } from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { listUpdatedNumbers } from "../numbers/list-updated-numbers.ts";
import { getAccount } from "./get-account.ts";
import { setAccountPeople } from "./set-account-people.ts";

const database = useTestDatabase();

const reason = "Ana takes over in the north";
const eventsOf = (targetId: string) => readEvents({ targetId });

test("a manager and stand-ins are set and recorded, once", async () => {
  const admin = await aPerson("admin");
  const manager = await aPerson("account_manager");
  const standIn = await aPerson("support");
  const accountId = await anAccount("Acme");
  const input = { accountIds: [accountId], email: manager.email.toUpperCase(), reason };
  const both = { ...input, standIns: [standIn.email, standIn.email] };
  expect(await setAccountPeople(admin, both)).toEqual({ changedCount: 1 });
  expect(await setAccountPeople(admin, both)).toEqual({ changedCount: 0 });
  const named = (person: { email: string; name: string }) => ({
    email: person.email,
    name: person.name,
  });
  expect(await getAccount(admin, accountId)).toMatchObject({
    manager: named(manager),
    isManagerFromRoster: false,
    standIns: [named(standIn)],
  });
  expect(await eventsOf(accountId)).toMatchObject([
    {
      action: "account.updated",
      target: { type: "account", id: accountId, display: "Acme" },
      before: { managerEmail: null, managerId: null, standIns: 0 },
      after: {
        managerEmail: manager.email,
        managerId: manager.id,
        standIns: 1,
        standIn1: standIn.email,
        standIn1Id: standIn.id,
      },
      reason,
    },
  ]);
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
});

test("what is left out stays, and null and an empty list clear", async () => {
  const admin = await aPerson("admin");
  const [manager, standIn] = [await aPerson("account_manager"), await aPerson("account_manager")];
  const accountId = await anAccount();
  const accountIds = [accountId];
  await setAccountPeople(admin, { accountIds, email: manager.email, reason });
  await setAccountPeople(admin, { accountIds, standIns: [standIn.email], reason });
  const read = () => getAccount(admin, accountId);
  expect(await read()).toMatchObject({ manager: { email: manager.email }, standIns: [{}] });
  await setAccountPeople(admin, { accountIds, email: null, reason });
  expect(await read()).toMatchObject({ manager: null, standIns: [{ email: standIn.email }] });
  await setAccountPeople(admin, { accountIds, standIns: [], reason });
  expect(await read()).toMatchObject({ manager: null, standIns: [] });
  expect(await setAccountPeople(admin, { accountIds, reason })).toEqual({ changedCount: 0 });
  expect(await eventsOf(accountId)).toHaveLength(4);
});

test("of many accounts at once, each that changes has an entry of one batch", async () => {
  const admin = await aPerson("admin");
  const { email } = await aPerson("account_manager");
  const accountIds = [await anAccount(), await anAccount(), await anAccount()];
  const [already = "", ...others] = accountIds;
  await setAccountPeople(admin, { accountIds: [already], email, reason });
  const done = await setAccountPeople(admin, {
    accountIds: [...accountIds, already],
    email,
    reason,
  });
  expect(done).toEqual({ changedCount: 2 });
  const events = (await Promise.all(others.map(eventsOf))).flat();
  expect(events).toHaveLength(2);
  expect(events[0]?.batchId).toBeTruthy();
  expect(events[0]?.batchId).toBe(events[1]?.batchId);
  expect((await eventsOf(already))[0]?.batchId ?? null).toBeNull();
});

test("with a new manager the account's numbers are updated ones, for copies of the roster", async () => {
  const admin = await aPerson("admin");
  const { email } = await aPerson("account_manager");
  const accountId = await anAccount();
  const phoneNumberId = await aNumber({ accountId });
  const before = await listUpdatedNumbers(admin, { updatedSince: "0" });
  await setAccountPeople(admin, { accountIds: [accountId], email, reason });
  const { items } = await listUpdatedNumbers(admin, { updatedSince: before.nextCursor });
  expect(items).toMatchObject([{ phoneNumberId, account: { manager: { email } } }]);
});

test("a manager that the roster names wins; stand-ins can still be set", async () => {
  const admin = await aPerson("admin");
  const named = await aPerson("account_manager");
  const other = await aPerson("account_manager");
  const [fromRoster, free] = [await anAccount("Padaria"), await anAccount()];
  const data = { managerId: named.id, isManagerFromRoster: true };
  await db().account.update({ where: { id: fromRoster }, data });
  const accountIds = [free, fromRoster];
  for (const email of [other.email, null]) {
    await expect(setAccountPeople(admin, { accountIds, email, reason })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("The roster names the manager of Padaria"),
    });
  }
  expect(await getAccount(admin, free)).toMatchObject({ manager: null });
  const standIns = [other.email];
  const both = { accountIds: [fromRoster], email: named.email, standIns, reason };
  expect(await setAccountPeople(admin, both)).toEqual({ changedCount: 1 });
  expect(await getAccount(admin, fromRoster)).toMatchObject({
    manager: { email: named.email },
    isManagerFromRoster: true,
    standIns: [{ email: other.email }],
  });
});

test("nobody unknown, disabled or of a role that cannot ask looks after an account", async () => {
  const admin = await aPerson("admin");
  const auditor = await aPerson("auditor");
  const gone = await aPerson("account_manager");
  await db().person.update({ where: { id: gone.id }, data: { disabledAt: new Date() } });
  const accountIds = [await anAccount()];
  const standIns = [auditor.email, gone.email];
  const attempt = setAccountPeople(admin, { accountIds, email: "no@staff.test", standIns, reason });
  await expect(attempt).rejects.toMatchObject({
    code: "INVALID_INPUT",
    issues: [
      { path: "email", message: expect.stringContaining("nobody here") },
      { path: "standIns[0]", message: expect.stringContaining("cannot ask") },
      { path: "standIns[1]", message: expect.stringContaining("disabled") },
    ],
  });
});

test("an unknown account, too many stand-ins or no reason is refused, all of it", async () => {
  const admin = await aPerson("admin");
  const { email } = await aPerson("account_manager");
  const accountId = await anAccount();
  const right = { accountIds: [accountId], email, reason };
  const unknown = { ...right, accountIds: [accountId, randomUUID()] };
  await expect(setAccountPeople(admin, unknown)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const standIns = Array.from({ length: 6 }, (_, index) => `a${index}@staff.test`);
  for (const wrong of [{ reason: " no " }, { accountIds: [] }, { standIns }, { email: "x" }]) {
    const attempt = setAccountPeople(admin, { ...right, ...wrong });
    await expect(attempt).rejects.toMatchObject({ code: "INVALID_INPUT" });
  }
  expect(await eventsOf(accountId)).toEqual([]);
  expect(await getAccount(admin, accountId)).toMatchObject({ manager: null });
});

test.each(["support", "account_manager", "auditor"] as const)(
  "the role %s cannot set who looks after an account, not even after their own",
  async (role) => {
    const actor = await aPerson(role);
    const accountId = await anAccount();
    await db().accountStandIn.create({ data: { accountId, personId: actor.id } });
    const attempt = setAccountPeople(actor, {
      accountIds: [accountId],
      email: null,
      standIns: [],
      reason,
    });
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await db().accountStandIn.count({ where: { accountId } })).toBe(1);
  },
);

test(
  "of two at once, the second finds what the first left, and the trail tells both",
  RACE,
  async () => {
    const admin = await aPerson("admin");
    const people = [await aPerson("account_manager"), await aPerson("account_manager")];
    const accountId = await anAccount();
    await Promise.all(
      people.map(({ email }) =>
        setAccountPeople(admin, { accountIds: [accountId], email, reason }),
      ),
    );
    const [first, second] = await eventsOf(accountId);
    expect(first?.before).toMatchObject({ managerId: null });
    expect(second?.before?.managerId).toBe(first?.after?.managerId);
    const { managerId } = await db().account.findUniqueOrThrow({ where: { id: accountId } });
    expect(managerId).toBe(second?.after?.managerId);
  },
);

test("nothing changes when the trail cannot be written", async () => {
  const admin = await aPerson("admin");
  const { email } = await aPerson("account_manager");
  const accountId = await anAccount();
  const input = { accountIds: [accountId], email, standIns: [email], reason };
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(setAccountPeople(admin, input)).rejects.toThrow();
  });
  expect(await getAccount(admin, accountId)).toMatchObject({ manager: null, standIns: [] });
});
