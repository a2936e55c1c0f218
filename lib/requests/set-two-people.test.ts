import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, anAccountOfTwo, aPerson, aSystem } from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { getAccount } from "../accounts/get-account.ts";
import { setFlag } from "../flags/set-flag.ts";
import { approveRequest } from "./approve-request.ts";
import { setTwoPeople } from "./set-two-people.ts";
import { withdrawRequest } from "./withdraw-request.ts";

const database = useTestDatabase();

const reason = "A bank: their contract says so";
const isOn = async (accountId: string) =>
  (await getAccount(aSystem("desk:read"), accountId)).needsTwoPeople;

test("the rule is on at once, and recorded once, also by two at once", RACE, async () => {
  const admin = await aPerson("admin");
  const accountId = await anAccount("Banco");
  const require = () => setTwoPeople(admin, { accountId, needsTwoPeople: true, reason });
  const done = await Promise.all([require(), require()]);
  expect(done.filter(({ changed }) => changed)).toHaveLength(1);
  expect(await isOn(accountId)).toBe(true);
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

test("from then on a change of its numbers is a request, also by an admin and for phone-only", async () => {
  const admin = await aPerson("admin");
  const accountId = await anAccount();
  const phoneNumberId = await aNumber({ accountId, accepts: true });
  await setTwoPeople(admin, { accountId, needsTwoPeople: true, reason });
  const change = { phoneNumberId, acceptsBsuid: false, reason };
  expect(await setFlag(admin, change)).toMatchObject({
    changed: false,
    number: { acceptsBsuid: true },
    request: { state: "open" },
  });
});

test(
  "a change at the same moment is made before the rule, or is a request after it",
  RACE,
  async () => {
    const admin = await aPerson("admin");
    const accountId = await anAccount();
    const phoneNumberId = await aNumber({ accountId });
    const [, { changed, request }] = await Promise.all([
      setTwoPeople(admin, { accountId, needsTwoPeople: true, reason }),
      setFlag(await aPerson("support"), { phoneNumberId, acceptsBsuid: true, reason }),
    ]);
    expect(changed).toBe(request === null);
    const [required] = await readEvents({ targetId: accountId });
    const [flip] = await readEvents({ targetId: phoneNumberId });
    if (changed) expect(flip?.seq).toBeLessThan(required?.seq ?? 0);
    else expect(flip).toBeUndefined();
  },
);

test("to lift it is a request that another admin approves", async () => {
  const [asker, other] = [await aPerson("admin"), await aPerson("admin")];
  const accountId = await anAccountOfTwo();
  const lift = () => setTwoPeople(asker, { accountId, needsTwoPeople: false, reason });
  const { changed, request } = await lift();
  expect([changed, request]).toMatchObject([
    false,
    { state: "open", changes: [], liftsTwoPeopleOf: { id: accountId } },
  ]);
  expect(await isOn(accountId)).toBe(true);
  await expect(lift()).rejects.toMatchObject({ code: "CONFLICT" });
  const approving = { requestId: request?.id ?? "", version: 1 };
  for (const nobody of [asker, await aPerson("support")]) {
    await expect(approveRequest(nobody, approving)).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
  await approveRequest(other, approving);
  expect(await isOn(accountId)).toBe(false);
  expect((await readEvents({ targetId: accountId })).at(-1)).toMatchObject({
    action: "account.two_people_lifted",
    actor: { id: other.id },
    onBehalfOf: { id: asker.id },
  });
  expect(await lift()).toEqual({ changed: false, request: null });
});

test("a withdrawn request to lift it leaves the rule, and makes room for another", async () => {
  const admin = await aPerson("admin");
  const accountId = await anAccountOfTwo();
  const lift = () => setTwoPeople(admin, { accountId, needsTwoPeople: false, reason });
  const { request } = await lift();
  await withdrawRequest(admin, { requestId: request?.id ?? "" });
  expect((await lift()).request?.id).not.toBe(request?.id);
  expect(await isOn(accountId)).toBe(true);
});

test("of two who ask to lift it at once, one is told of the other", RACE, async () => {
  const accountId = await anAccountOfTwo();
  const admins = [await aPerson("admin"), await aPerson("admin")];
  const asked = await Promise.allSettled(
    admins.map((admin) => setTwoPeople(admin, { accountId, needsTwoPeople: false, reason })),
  );
  expect(asked.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test.each(["support", "account_manager", "auditor"] as const)(
  "the role %s can neither require nor lift it",
  async (role) => {
    const actor = await aPerson(role);
    for (const accountId of [await anAccount(), await anAccountOfTwo()]) {
      const before = await isOn(accountId);
      const attempt = setTwoPeople(actor, { accountId, needsTwoPeople: !before, reason });
      await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
      expect(await isOn(accountId)).toBe(before);
    }
  },
);

test("an unknown account or a missing reason is refused", async () => {
  const admin = await aPerson("admin");
  const needsTwoPeople = true;
  const unknown = setTwoPeople(admin, { accountId: randomUUID(), needsTwoPeople, reason });
  await expect(unknown).rejects.toMatchObject({ code: "NOT_FOUND" });
  const accountId = await anAccount();
  const hasty = setTwoPeople(admin, { accountId, needsTwoPeople, reason: "no" });
  await expect(hasty).rejects.toMatchObject({ code: "INVALID_INPUT" });
});

test("nothing changes when the trail cannot be written", async () => {
  const admin = await aPerson("admin");
  const [free, strict] = [await anAccount(), await anAccountOfTwo()];
  await whileAuditFails(database.ownerUrl(), async () => {
    for (const [accountId, needsTwoPeople] of [
      [free, true],
      [strict, false],
    ] as const) {
      await expect(setTwoPeople(admin, { accountId, needsTwoPeople, reason })).rejects.toThrow();
    }
  });
  expect([await isOn(free), await isOn(strict)]).toEqual([false, true]);
  expect(await getAccount(admin, strict)).toMatchObject({ openRequests: 0 });
});
