import { beforeEach, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson, aSystem } from "#testing/factories.ts";
import { RACE, rounds } from "#testing/rounds.ts";
import { db } from "../db/client.ts";
import { resetPassword } from "../sign-in/reset-password.ts";
import { setPersonDisabled } from "./set-person-disabled.ts";
import { setPersonRole } from "./set-person-role.ts";

useTestDatabase();

const REASON = "A test of the last admin";
const countAdmins = () => db().person.count({ where: { role: "admin", disabledAt: null } });
const countEvents = (targetId: string) => db().auditEvent.count({ where: { targetId } });

// Each test makes its own admins; those of the others are out of office.
beforeEach(async () => {
  await db().person.updateMany({ where: { role: "admin" }, data: { disabledAt: new Date() } });
});

test.each<[string, (personId: string) => Parameters<typeof setPersonRole>[1]]>([
  ["support", (personId) => ({ personId, role: "support", reason: REASON })],
  ["auditor", (personId) => ({ personId, role: "auditor", reason: REASON })],
])("the last admin cannot make themself %s", async (_, toInput) => {
  const admin = await aPerson("admin");
  await expect(setPersonRole(admin, toInput(admin.id))).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await countAdmins()).toBe(1);
  expect(await countEvents(admin.id)).toBe(0);
});

test("the last admin cannot be disabled or demoted by the console itself either", async () => {
  const { id: personId } = await aPerson("admin");
  const system = aSystem("person:manage");
  for (const attempt of [
    () => setPersonDisabled(system, { personId, isDisabled: true, reason: REASON }),
    () => setPersonRole(system, { personId, role: "support", reason: REASON }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "CONFLICT" });
  }
  expect(await countAdmins()).toBe(1);
  expect(await countEvents(personId)).toBe(0);
});

test("a disabled admin does not count: the other one stays", async () => {
  const [admin, away] = [await aPerson("admin"), await aPerson("admin")];
  await setPersonDisabled(admin, { personId: away.id, isDisabled: true, reason: REASON });
  const attempt = setPersonDisabled(admin, {
    personId: admin.id,
    isDisabled: true,
    reason: REASON,
  });
  await expect(attempt).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await countAdmins()).toBe(1);
});

test("an admin can leave once there is another", async () => {
  const [admin, heir] = [await aPerson("admin"), await aPerson("support")];
  await setPersonRole(admin, { personId: heir.id, role: "admin", reason: REASON });
  await setPersonRole(admin, { personId: admin.id, role: "support", reason: REASON });
  expect(await countAdmins()).toBe(1);
});

test("the last admin can be given a new password", async () => {
  const { id: personId } = await aPerson("admin");
  await resetPassword(aSystem("person:manage"), { personId, reason: REASON });
  expect(await countAdmins()).toBe(1);
});

test("of two admins who demote or disable each other at once, one stays", async () => {
  for (const _ of rounds(5)) {
    const [one, other] = [await aPerson("admin"), await aPerson("admin")];
    const results = await Promise.allSettled([
      setPersonRole(one, { personId: other.id, role: "support", reason: REASON }),
      setPersonDisabled(other, { personId: one.id, isDisabled: true, reason: REASON }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await countAdmins()).toBe(1);
    await db().person.updateMany({ where: { role: "admin" }, data: { disabledAt: new Date() } });
  }
});

test("of two admins who both step down at once, one stays", RACE, async () => {
  const admins = [await aPerson("admin"), await aPerson("admin")];
  const results = await Promise.allSettled(
    admins.map((admin) =>
      setPersonRole(admin, { personId: admin.id, role: "support", reason: REASON }),
    ),
  );
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await countAdmins()).toBe(1);
});
