import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, anAccountOfTwo, aPerson } from "#testing/factories.ts";
import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { retireNumber } from "../flags/retire-number.ts";
import { setFlag } from "../flags/set-flag.ts";
import { changeSelection } from "./change-selection.ts";
import { createSelection } from "./create-selection.ts";
import { readReview } from "./read-review.ts";

useTestDatabase();

let support: PersonActor;

beforeEach(async () => {
  support = await aPerson("support");
});

const select = async (...phoneNumberIds: string[]) =>
  (await createSelection(support, { acceptsBsuid: true, phoneNumberIds })).id;
const flip = async (phoneNumberId: string, acceptsBsuid = true) =>
  await setFlag(await aPerson("support"), {
    phoneNumberId,
    acceptsBsuid,
    reason: "Meanwhile in another ticket",
  });
const effectsOf = async (id: string) =>
  Object.fromEntries(
    (await readReview(support, id)).items.map(({ number, effect }) => [
      number.phoneNumberId,
      effect,
    ]),
  );

test("a review says of each number what confirming does to it", async () => {
  const changes = await aNumber();
  const guarded = await aNumber({ accountId: await anAccountOfTwo() });
  const unchanged = await aNumber({ accepts: true });
  const retired = await aNumber({ isRetired: true });
  const stale = await aNumber();
  const since = await aNumber();
  const id = await select(unchanged, changes, guarded, retired, stale, since);
  await flip(stale);
  await retireNumber(await aPerson("support"), { phoneNumberId: since, reason: "They closed it" });
  expect(await effectsOf(id)).toEqual({
    [changes]: "changes",
    [guarded]: "needs-approval",
    [unchanged]: "unchanged",
    [retired]: "retired",
    [stale]: "stale",
    [since]: "retired",
  });
  expect((await readReview(support, id)).expected).toEqual({ changes: 1, requests: 1 });
});

test("numbers are left out and taken in again, and others are added as they are now", async () => {
  const [one, other, more] = [await aNumber(), await aNumber(), await aNumber()];
  const id = await select(one, other);
  await changeSelection(support, { selectionId: id, exclude: [one] });
  expect((await readReview(support, id)).expected.changes).toBe(1);
  await flip(more, true);
  await flip(more, false);
  await changeSelection(support, { selectionId: id, include: [one], add: [more] });
  expect((await readReview(support, id)).expected.changes).toBe(3);
});

test("an account of which some numbers would stay as they are is named, and can be taken along", async () => {
  const accountId = await anAccount("Half of Acme");
  const [one, left] = [await aNumber({ accountId }), await aNumber({ accountId })];
  await aNumber({ accountId, portfolioId: "900000000000002" });
  await aNumber({ accountId, accepts: true });
  await aNumber({ accountId, isRetired: true });
  const id = await select(one);
  const { leftMixed } = await readReview(support, id);
  expect(leftMixed).toMatchObject([{ account: { id: accountId }, phoneNumberIds: [left] }]);
  await changeSelection(support, { selectionId: id, add: leftMixed[0]?.phoneNumberIds ?? [] });
  expect(await readReview(support, id)).toMatchObject({ leftMixed: [], expected: { changes: 2 } });
});

test("all that match a filter are selected as they are at that moment", async () => {
  const accountId = await anAccount();
  const ids = [await aNumber({ accountId }), await aNumber({ accountId })];
  await aNumber({ accountId, isRetired: true });
  const filter = { accountId, retired: "false" } as const;
  const selection = await createSelection(support, { acceptsBsuid: true, filter });
  expect(selection).toMatchObject({ total: 2, part: 1, hasNext: false });
  await aNumber({ accountId });
  expect(Object.keys(await effectsOf(selection.id)).sort()).toEqual([...ids].sort());
});

test.each([
  { accepts: "maybe" },
  { accountId: "4711" },
  { q: "\u200b\u00a0" },
  { q: "a\0b" },
  { state: "accepting" },
  { accountID: randomUUID() },
])("the filter %j cannot be read, and selects nothing", async (filter) => {
  await aNumber();
  const input = { acceptsBsuid: true, filter } as Parameters<typeof createSelection>[1];
  await expect(createSelection(support, input)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  expect(await db().selection.count({ where: { madeById: support.id } })).toBe(0);
});

test("unknown numbers, none, and a filter that nothing matches are refused", async () => {
  const wrong = [
    { acceptsBsuid: true, phoneNumberIds: ["4711"] },
    { acceptsBsuid: true, phoneNumberIds: [] },
    { acceptsBsuid: true, filter: { accountId: randomUUID() } },
  ];
  for (const input of wrong) {
    await expect(createSelection(support, input)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  }
});

test("who made it and those who approve may see it; only who made it may change it", async () => {
  const one = await aNumber();
  const id = await select(one);
  expect(await readReview(await aPerson("admin"), id)).toMatchObject({ selection: { id } });
  for (const role of ["account_manager", "auditor"] as const) {
    const attempt = readReview(await aPerson(role), id);
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
  const attempt = changeSelection(await aPerson("admin"), { selectionId: id, exclude: [one] });
  await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect((await readReview(support, id)).expected.changes).toBe(1);
});

test.each(["account_manager", "auditor"] as const)("an %s cannot select", async (role) => {
  const phoneNumberIds = [await aNumber()];
  const attempt = createSelection(await aPerson(role), { acceptsBsuid: true, phoneNumberIds });
  await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("after a day a selection is gone", async () => {
  const id = await select(await aNumber());
  const createdAt = new Date(Date.now() - 24 * 3_600_000 - 1_000);
  await db().selection.update({ where: { id }, data: { createdAt } });
  await expect(readReview(support, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
