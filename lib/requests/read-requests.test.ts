import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson, aSchedule, aSystem } from "#testing/factories.ts";
import { aCount, reportNow } from "#testing/http/report.ts";
import { anAccountManager, aRequest } from "#testing/requests.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { approveRequest } from "./approve-request.ts";
import { getRequest } from "./get-request.ts";
import { getRequestEvidence } from "./get-request-evidence.ts";
import { listAskableNumbers } from "./list-askable-numbers.ts";
import { listOtherWishes } from "./list-other-wishes.ts";
import { listRequestHistory } from "./list-request-history.ts";
import { listRequestSummaries } from "./list-request-summaries.ts";

useTestDatabase();
const reader = aSystem("desk:read");
const reason = "A test changes it";

test("a line of the queue has the accounts, and what the numbers lose while it waits", async () => {
  const { manager, accountId, phoneNumberId } = await anAccountManager();
  const other = await aNumber({ accountId });
  const { id } = await aRequest({ by: manager, numbers: [phoneNumberId, other] });
  await reportNow({
    counts: [
      aCount(phoneNumberId, { phoneLessDropped: 3 }),
      aCount(other, { phoneLessDropped: 4 }),
    ],
  });
  const { items, total } = await listRequestSummaries(reader, { accountId });
  expect(total).toBe(1);
  expect(items).toMatchObject([
    {
      id,
      state: "open",
      display: "Turn on 2 numbers of Acme",
      requestedBy: { id: manager.id },
      numberCount: 2,
      accounts: ["Acme"],
      accountCount: 1,
      lost: 7,
    },
  ]);
});

test("of many accounts a line names three", async () => {
  const names = ["D", "B", "A", "C"];
  const by = await aPerson("support");
  const numbers = await Promise.all(
    names.map(async (name) => aNumber({ accountId: await anAccount(name) })),
  );
  const { id } = await aRequest({ by, numbers });
  const { items } = await listRequestSummaries(by, { mine: "true" });
  expect(items).toMatchObject([{ id, accounts: ["A", "B", "C"], accountCount: 4 }]);
});

test("the evidence has the numbers then and now, what they lose, and what else waits for them", async () => {
  const [moved, same] = [await aNumber(), await aNumber()];
  const by = await aPerson("support");
  const { id } = await aRequest({ by, numbers: [moved, same] });
  const other = await aRequest({ numbers: [same] });
  const scheduleId = await aSchedule({ authorId: by.id, phoneNumberId: same });
  await reportNow({ counts: [aCount(same, { phoneLessDropped: 5 })] });
  const before = await getRequestEvidence(reader, id);
  expect(before.numbers.map((one) => [one.number.phoneNumberId, one.hasMovedOn, one.lost])).toEqual(
    [
      [moved, false, 0],
      [same, false, 5],
    ].sort(),
  );
  expect(before.request.otherWishes).toMatchObject([
    { kind: "request", id: other.id, count: 1, phoneNumberId: same },
    { kind: "schedule", id: scheduleId },
  ]);
  await setFlag(by, { phoneNumberId: moved, acceptsBsuid: true, reason });
  const after = await getRequestEvidence(reader, id);
  expect(after.request).toMatchObject({ state: "void" });
  const movedOn = after.numbers.filter(({ hasMovedOn }) => hasMovedOn);
  expect(movedOn.map(({ number }) => number.phoneNumberId)).toEqual([moved]);
});

test("a request's own schedule is no other wish", async () => {
  const { id, changes } = await aRequest({ at: new Date(Date.now() + 3_600_000) });
  await approveRequest(await aPerson("admin"), { requestId: id, version: 1 });
  expect((await getRequest(reader, id)).otherWishes).toEqual([]);
  const phoneNumberIds = changes.map(({ phoneNumberId }) => phoneNumberId);
  expect(await listOtherWishes(reader, { phoneNumberIds })).toMatchObject([
    { kind: "request", id },
  ]);
});

test("the history of a request tells of it, newest first, without where people were", async () => {
  const { id } = await aRequest();
  await approveRequest(await aPerson("admin"), { requestId: id, version: 1 });
  const { items } = await listRequestHistory(await aPerson("account_manager"), id, {});
  expect(items.map(({ action }) => action)).toEqual(["request.approved", "request.opened"]);
  for (const { ip } of items) expect(ip).toBeNull();
});

test("an account manager may choose from numbers in service of the accounts that they look after", async () => {
  const { manager, accountId, phoneNumberId } = await anAccountManager();
  const second = await aNumber({ accountId });
  const standInAccount = await anAccount();
  await db().accountStandIn.create({ data: { accountId: standInAccount, personId: manager.id } });
  const third = await aNumber({ accountId: standInAccount });
  await aNumber({ accountId, isRetired: true });
  const other = await aNumber();
  const { chosen, matches } = await listAskableNumbers(manager, { chosen: [other, phoneNumberId] });
  expect(chosen.map(({ number, isAskable }) => [number.phoneNumberId, isAskable])).toEqual([
    [other, false],
    [phoneNumberId, true],
  ]);
  expect(matches.map((number) => number.phoneNumberId).sort()).toEqual([second, third].sort());
  const search = await listAskableNumbers(await aPerson("support"), { q: `Number ${other}` });
  expect(search.matches.map((number) => number.phoneNumberId)).toEqual([other]);
});
