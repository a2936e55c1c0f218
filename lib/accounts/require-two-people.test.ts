import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anAccount, aPerson } from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { getAccount } from "./get-account.ts";
import { requireTwoPeople } from "./require-two-people.ts";

const database = useTestDatabase();

const reason = "A bank: their contract says so";

test("is on at once, and recorded once, also by two at once", RACE, async () => {
  const admin = await aPerson("admin");
  const accountId = await anAccount("Banco");
  const require = () => requireTwoPeople(admin, { accountId, reason });
  const done = await Promise.all([require(), require()]);
  expect(done.filter(({ changed }) => changed)).toHaveLength(1);
  expect(await getAccount(admin, accountId)).toMatchObject({ needsTwoPeople: true });
  expect(await readEvents({ targetId: accountId })).toMatchObject([
    {
      action: "account.two_people_required",
      target: { type: "account", display: "Banco" },
      before: { needsTwoPeople: false },
      after: { needsTwoPeople: true },
      reason,
    },
  ]);
});

test.each(["support", "account_manager", "auditor"] as const)(
  "the role %s cannot require it",
  async (role) => {
    const actor = await aPerson(role);
    const accountId = await anAccount();
    const attempt = requireTwoPeople(actor, { accountId, reason });
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await getAccount(actor, accountId)).toMatchObject({ needsTwoPeople: false });
  },
);

test("an unknown account or a missing reason is refused", async () => {
  const admin = await aPerson("admin");
  const unknown = requireTwoPeople(admin, { accountId: randomUUID(), reason });
  await expect(unknown).rejects.toMatchObject({ code: "NOT_FOUND" });
  const hasty = requireTwoPeople(admin, { accountId: await anAccount(), reason: "no" });
  await expect(hasty).rejects.toMatchObject({ code: "INVALID_INPUT" });
});

test("nothing changes when the trail cannot be written", async () => {
  const admin = await aPerson("admin");
  const accountId = await anAccount();
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(requireTwoPeople(admin, { accountId, reason })).rejects.toThrow();
  });
  expect(await getAccount(admin, accountId)).toMatchObject({ needsTwoPeople: false });
});
