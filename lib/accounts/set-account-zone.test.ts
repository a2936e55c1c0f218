import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anAccount, aPerson } from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { getAccount } from "./get-account.ts";
import { setAccountZone } from "./set-account-zone.ts";

const database = useTestDatabase();

const reason = "Their office is in Recife";
const zoneOf = async (id: string) => (await db().account.findUniqueOrThrow({ where: { id } })).zone;

test("a zone is set, changed and cleared, each time with an entry", async () => {
  const admin = await aPerson("admin");
  const accountId = await anAccount();
  const set = (zone: string | null) => setAccountZone(admin, { accountId, zone, reason });
  expect(await set("america/recife")).toEqual({ changed: true });
  expect(await set("America/Recife")).toEqual({ changed: false });
  expect(await getAccount(admin, accountId)).toMatchObject({ zone: "America/Recife" });
  expect(await set(null)).toEqual({ changed: true });
  expect(await readEvents({ targetId: accountId })).toMatchObject([
    {
      action: "account.updated",
      before: { zone: null },
      after: { zone: "America/Recife" },
      reason,
    },
    { action: "account.updated", before: { zone: "America/Recife" }, after: { zone: null } },
  ]);
});

test("what is no zone, and an unknown account, is refused", async () => {
  const admin = await aPerson("admin");
  const accountId = await anAccount();
  for (const zone of ["Brazil", "+03:00", ""]) {
    const attempt = setAccountZone(admin, { accountId, zone, reason });
    await expect(attempt).rejects.toMatchObject({
      code: "INVALID_INPUT",
      issues: [{ path: "zone" }],
    });
  }
  const unknown = setAccountZone(admin, { accountId: randomUUID(), zone: null, reason });
  await expect(unknown).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test.each(["support", "account_manager", "auditor"] as const)(
  "the role %s cannot set a zone",
  async (role) => {
    const accountId = await anAccount();
    const attempt = setAccountZone(await aPerson(role), { accountId, zone: "UTC", reason });
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await zoneOf(accountId)).toBeNull();
  },
);

test("two at once leave one entry", RACE, async () => {
  const admin = await aPerson("admin");
  const accountId = await anAccount();
  const set = () => setAccountZone(admin, { accountId, zone: "UTC", reason });
  await Promise.all([set(), set()]);
  expect(await readEvents({ targetId: accountId })).toHaveLength(1);
});

test("nothing changes when the trail cannot be written", async () => {
  const admin = await aPerson("admin");
  const accountId = await anAccount();
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(setAccountZone(admin, { accountId, zone: "UTC", reason })).rejects.toThrow();
  });
  expect(await zoneOf(accountId)).toBeNull();
});
