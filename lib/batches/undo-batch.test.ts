import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aBatch } from "#testing/batches.ts";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccountOfTwo, aPerson } from "#testing/factories.ts";
import { moveNumber, PLACES } from "#testing/move-number.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { retireNumber } from "../flags/retire-number.ts";
import { setFlag } from "../flags/set-flag.ts";
import { getBatch } from "./get-batch.ts";
import { undoBatch } from "./undo-batch.ts";

const database = useTestDatabase();

const reason = "It was the wrong account";
const numbers = async (count: number) =>
  await Promise.all(Array.from({ length: count }, () => aNumber()));
const isOn = async (phoneNumberId: string) =>
  (await db().number.findUniqueOrThrow({ where: { phoneNumberId } })).acceptsBsuid;
const flip = async (phoneNumberId: string, acceptsBsuid: boolean) =>
  await setFlag(await aPerson("support"), { phoneNumberId, acceptsBsuid, reason });
const idsOf = (records: readonly { phoneNumberId: string }[]) =>
  records.map(({ phoneNumberId }) => phoneNumberId);

test("an undo takes every number back, as a batch of its own, and says so in the trail", async () => {
  const ids = await numbers(3);
  const batchId = await aBatch(ids);
  const actor = await aPerson("support");
  const result = await undoBatch(actor, { batchId, reason });
  expect(idsOf(result.changed).sort()).toEqual([...ids].sort());
  expect(result).toMatchObject({ unchanged: [], conflicts: [], request: null });
  expect(result.batchId).not.toBe(batchId);
  expect(await Promise.all(ids.map(isOn))).toEqual([false, false, false]);
  const events = await readEvents({ batchId: result.batchId });
  expect(events.map(({ action }) => action)).toEqual([
    ...ids.map(() => "flag.disabled"),
    "batch.undone",
  ]);
  expect(events.at(-1)).toMatchObject({
    targetType: "batch",
    targetId: batchId,
    after: { numbers: 3, requested: 0, conflicts: 0 },
    reason,
    actorId: actor.id,
  });
});

test("numbers that moved on since are named and left", async () => {
  const [moved = "", twice = "", retired = "", still = ""] = await numbers(4);
  const batchId = await aBatch([moved, twice, retired, still]);
  await flip(moved, false);
  await flip(twice, false);
  await flip(twice, true);
  await retireNumber(await aPerson("support"), { phoneNumberId: retired, reason });
  const result = await undoBatch(await aPerson("support"), { batchId, reason });
  expect(idsOf(result.changed)).toEqual([still]);
  expect(result.conflicts).toEqual([
    { phoneNumberId: moved, why: "changed-since" },
    { phoneNumberId: twice, why: "changed-since" },
    { phoneNumberId: retired, why: "retired" },
  ]);
  expect(await isOn(twice)).toBe(true);
});

test.each(PLACES)("a number that went to another %s since is named and left", async (_, place) => {
  const [id = "", still = ""] = await numbers(2);
  await flip(id, true);
  const batchId = await aBatch([id], await aPerson("support"), false);
  await moveNumber(id, place);
  await moveNumber(still, place);
  const later = await aBatch([still]);
  const actor = await aPerson("support");
  const result = await undoBatch(actor, { batchId, reason });
  expect(result).toMatchObject({ changed: [], conflicts: [{ phoneNumberId: id, why: "moved" }] });
  expect(await isOn(id)).toBe(false);
  expect(await getBatch(actor, batchId)).toMatchObject({ changes: [{ hasMovedOn: true }] });
  expect(idsOf((await undoBatch(actor, { batchId: later, reason })).changed)).toEqual([still]);
});

test("what a move to another portfolio turned off is not turned on again", async () => {
  const id = await aNumber({ accepts: true });
  await moveNumber(id, PLACES[0][1]);
  const [flipped] = await readEvents({ targetId: id, action: "flag.disabled" });
  const batchId = flipped?.batchId ?? "";
  const result = await undoBatch(await aPerson("admin"), { batchId, reason });
  expect(result).toMatchObject({ changed: [], conflicts: [{ phoneNumberId: id, why: "moved" }] });
  expect(await isOn(id)).toBe(false);
});

test("undone again it changes and records nothing, and the undo can be undone", async () => {
  const ids = await numbers(2);
  const batchId = await aBatch(ids);
  const actor = await aPerson("support");
  const first = await undoBatch(actor, { batchId, reason });
  const again = await undoBatch(actor, { batchId, reason });
  expect(again).toMatchObject({ changed: [], conflicts: [], batchId: null });
  expect(idsOf(again.unchanged).sort()).toEqual([...ids].sort());
  expect(await readEvents({ targetId: batchId })).toHaveLength(1);
  await undoBatch(actor, { batchId: first.batchId ?? "", reason });
  expect(await Promise.all(ids.map(isOn))).toEqual([true, true]);
});

test("with a number of an account that needs two people all of it becomes one request", async () => {
  const guarded = await aNumber({ accountId: await anAccountOfTwo() });
  const free = await aNumber();
  const batchId = await aBatch([free, guarded]);
  const asked = { batchId, reason };
  const refused = undoBatch(await aPerson("support"), asked, { twoPeople: "refuse" });
  await expect(refused).rejects.toMatchObject({ code: "CONFLICT" });
  const result = await undoBatch(await aPerson("support"), asked);
  expect(result).toMatchObject({ changed: [], batchId: null, request: { state: "open" } });
  expect(idsOf(result.request?.changes ?? []).sort()).toEqual([free, guarded].sort());
  expect(await readEvents({ targetId: batchId })).toEqual([]);
});

test("split, what one person may change is undone, and the rest becomes a request", async () => {
  const guarded = await aNumber({ accountId: await anAccountOfTwo() });
  const free = await aNumber();
  const batchId = await aBatch([free, guarded]);
  const result = await undoBatch(
    await aPerson("support"),
    { batchId, reason },
    { twoPeople: "split" },
  );
  expect(idsOf(result.changed)).toEqual([free]);
  expect(result.request?.changes).toMatchObject([{ phoneNumberId: guarded, acceptsBsuid: false }]);
});

test.each(["account_manager", "auditor"] as const)("an %s cannot undo", async (role) => {
  const [id = ""] = await numbers(1);
  const batchId = await aBatch([id]);
  const attempt = undoBatch(await aPerson(role), { batchId, reason });
  await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await isOn(id)).toBe(true);
});

test("when its entries cannot be written, nothing is undone", async () => {
  const ids = await numbers(2);
  const batchId = await aBatch(ids);
  const actor = await aPerson("support");
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(undoBatch(actor, { batchId, reason })).rejects.toThrow();
  });
  expect(await Promise.all(ids.map(isOn))).toEqual([true, true]);
});

test("an unknown batch, and one that changed no flag, are told apart", async () => {
  const actor = await aPerson("support");
  await expect(undoBatch(actor, { batchId: randomUUID(), reason })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("a batch says who, why, what, what moved on since, and what undid it", async () => {
  const ids = await numbers(2);
  const by = await aPerson("support");
  const batchId = await aBatch(ids, by);
  await flip(ids[0] ?? "", false);
  const reader = await aPerson("auditor");
  expect(await getBatch(reader, batchId)).toMatchObject({
    batchId,
    by: { id: by.id, email: by.email },
    reason: "A test makes a batch",
    counts: { turnedOn: 2, madePhoneOnly: 0, movedOn: 1 },
    changes: [{ hasMovedOn: true }, { hasMovedOn: false, acceptsBsuid: true }],
    undoneBy: [],
    undoes: null,
  });
  const undone = await undoBatch(by, { batchId, reason });
  expect(await getBatch(reader, batchId)).toMatchObject({
    counts: { movedOn: 2 },
    undoneBy: [{ batchId: undone.batchId, by: { email: by.email } }],
  });
  expect(await getBatch(reader, undone.batchId ?? "")).toMatchObject({ undoes: batchId });
});
