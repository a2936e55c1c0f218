import { beforeEach, expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccountOfTwo, aPerson } from "#testing/factories.ts";
import { moveNumber, PLACES } from "#testing/move-number.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { changeSelection } from "./change-selection.ts";
import { confirmSelection } from "./confirm-selection.ts";
import { createSelection } from "./create-selection.ts";
import { readReview } from "./read-review.ts";

const database = useTestDatabase();

const reason = "Acme asked for it in writing";
let support: PersonActor;

beforeEach(async () => {
  support = await aPerson("support");
});

const ofTwo = async () => await aNumber({ accountId: await anAccountOfTwo() });
const select = async (...phoneNumberIds: string[]) =>
  (await createSelection(support, { acceptsBsuid: true, phoneNumberIds })).id;
const confirm = (selectionId: string, changes: number, requests = 0, by = support) =>
  confirmSelection(by, { selectionId, reason, expected: { changes, requests } });
const isOn = async (phoneNumberId: string) =>
  (await db().number.findUniqueOrThrow({ where: { phoneNumberId } })).acceptsBsuid;
const flip = async (phoneNumberId: string) =>
  await setFlag(await aPerson("support"), { phoneNumberId, acceptsBsuid: true, reason });
const flipsOf = async (...ids: string[]) => await readEvents({ targetId: { in: ids } });

test("confirming changes all that is not left out, for one reason, as one batch", async () => {
  const [one, other, out] = [await aNumber(), await aNumber(), await aNumber()];
  const id = await select(one, other, out);
  await changeSelection(support, { selectionId: id, exclude: [out] });
  const { batchId, requestId } = await confirm(id, 2);
  expect(requestId).toBeNull();
  const events = await flipsOf(one, other, out);
  expect(events).toHaveLength(2);
  for (const event of events) expect(event).toMatchObject({ batchId, reason });
  expect(await isOn(out)).toBe(false);
  expect((await readReview(support, id)).selection.confirmed).toMatchObject({ batchId });
});

test("one confirmation turns on what may be, and opens one request for the rest: both or neither", async () => {
  const free = await aNumber();
  const guarded = [await ofTwo(), await ofTwo()];
  const id = await select(free, ...guarded);
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(confirm(id, 1, 2)).rejects.toThrow();
  });
  expect(await isOn(free)).toBe(false);
  const { requestId } = await confirm(id, 1, 2);
  expect(await isOn(free)).toBe(true);
  const request = await db().changeRequest.findUniqueOrThrow({
    where: { id: requestId ?? "" },
    include: { items: true },
  });
  expect(request).toMatchObject({ state: "open", reason, requestedById: support.id });
  expect(request.items.map(({ phoneNumberId }) => phoneNumberId).sort()).toEqual(guarded.sort());
});

test("what changed since it was selected is left", async () => {
  const [one, moved] = [await aNumber(), await aNumber()];
  const id = await select(one, moved);
  await flip(moved);
  await confirm(id, 1);
  expect(await flipsOf(moved)).toHaveLength(1);
  expect(await isOn(one)).toBe(true);
});

test.each(PLACES)("a number that went to another %s since is left", async (_, place) => {
  const [one, moved] = [await aNumber(), await aNumber()];
  const id = await select(one, moved);
  await moveNumber(moved, place);
  await expect(confirm(id, 2)).rejects.toMatchObject({ code: "CONFLICT" });
  const { items, expected } = await readReview(support, id);
  expect(expected).toEqual({ changes: 1, requests: 0 });
  expect(items.find(({ effect }) => effect === "stale")?.number.phoneNumberId).toBe(moved);
  await confirm(id, 1);
  expect([await isOn(one), await isOn(moved)]).toEqual([true, false]);
});

test("when it does not do what the review said any more, nothing is changed", async () => {
  const [one, moved] = [await aNumber(), await aNumber()];
  const id = await select(one, moved);
  await flip(moved);
  await expect(confirm(id, 2)).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(confirm(id, 1, 1)).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await isOn(one)).toBe(false);
});

test("confirmed again it answers what was made the first time", async () => {
  const one = await aNumber();
  const id = await select(one);
  const first = await confirm(id, 1);
  expect(await confirm(id, 1)).toEqual({ ...first, isNew: false });
  expect(await flipsOf(one)).toHaveLength(1);
  const attempt = changeSelection(support, { selectionId: id, exclude: [one] });
  await expect(attempt).rejects.toMatchObject({ code: "CONFLICT" });
});

test("a selection with nothing to change is not confirmed", async () => {
  const id = await select(await aNumber({ accepts: true }));
  await expect(confirm(id, 0)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("only who made it confirms it", async () => {
  const one = await aNumber();
  const id = await select(one);
  const admin = await aPerson("admin");
  await expect(confirm(id, 1, 0, admin)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await isOn(one)).toBe(false);
});

test("after a day it cannot be confirmed", async () => {
  const one = await aNumber();
  const id = await select(one);
  const createdAt = new Date(Date.now() - 24 * 3_600_000 - 1_000);
  await db().selection.update({ where: { id }, data: { createdAt } });
  await expect(confirm(id, 1)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await isOn(one)).toBe(false);
});

test("10,000 numbers are confirmed as one batch, and the rest is another selection", async () => {
  const accountId = (await db().account.create({ data: { name: "Big", externalId: "big" } })).id;
  await db().$executeRaw`
    INSERT INTO number (phone_number_id, display_phone_number, label, account_id, portfolio_id, waba_id)
    SELECT '77' || i, '+1666' || i, 'Big ' || i, ${accountId}::uuid, '900000000000001', '1'
    FROM generate_series(1000000, 1010002) AS i`;
  const selection = await createSelection(support, { acceptsBsuid: true, filter: { accountId } });
  expect(selection).toMatchObject({ total: 10_003, hasNext: true });
  await confirm(selection.id, 10_000);
  expect(await db().number.count({ where: { accountId, acceptsBsuid: true } })).toBe(10_000);
  const next = await createSelection(support, { nextOf: selection.id });
  expect(next).toMatchObject({ part: 2, hasNext: false });
  expect((await readReview(support, next.id)).expected.changes).toBe(3);
}, 60_000);
