import { beforeEach, expect, test } from "vitest";
import { aBatch } from "#testing/batches.ts";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccountOfTwo, aPerson } from "#testing/factories.ts";
import { moveNumber, PLACES } from "#testing/move-number.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { previewPersonUndo } from "./preview-person-undo.ts";
import { undoPerson } from "./undo-person.ts";

const database = useTestDatabase();

const reason = "Their laptop was stolen this morning";
const HOUR_MS = 3_600_000;
let admin: PersonActor;
let thief: PersonActor;
let since: string;

beforeEach(async () => {
  admin = await aPerson("admin");
  thief = await aPerson("support");
  since = new Date(Date.now() - HOUR_MS).toISOString();
});

const flip = async (by: PersonActor, phoneNumberId: string, acceptsBsuid = true) =>
  await setFlag(by, { phoneNumberId, acceptsBsuid, reason: "Asked for in the ticket" });
const isOn = async (phoneNumberId: string) =>
  (await db().number.findUniqueOrThrow({ where: { phoneNumberId } })).acceptsBsuid;
const idsOf = (records: readonly { phoneNumberId: string }[]) =>
  records.map(({ phoneNumberId }) => phoneNumberId);
const asked = (changes: number, requests = 0) => ({
  personId: thief.id,
  since,
  reason,
  expected: { changes, requests },
});

test("everything a person did since a time is undone as one batch, and the rest left and named", async () => {
  const [single, moved, other] = [await aNumber(), await aNumber(), await aNumber()];
  const batch = [await aNumber(), await aNumber()];
  await flip(thief, single);
  await flip(thief, moved);
  await aBatch(batch, thief);
  await flip(admin, moved, false);
  await flip(admin, other);

  const preview = await previewPersonUndo(admin, { personId: thief.id, since });
  expect(idsOf(preview.changes).sort()).toEqual([single, ...batch].sort());
  expect(preview.conflicts).toMatchObject([{ phoneNumberId: moved, why: "changed-since" }]);

  const result = await undoPerson(admin, asked(3));
  expect(idsOf(result.changed).sort()).toEqual([single, ...batch].sort());
  expect(result.conflicts).toEqual([{ phoneNumberId: moved, why: "changed-since" }]);
  expect(await isOn(other)).toBe(true);
  const events = await readEvents({ batchId: result.batchId });
  expect(events.at(-1)).toMatchObject({
    action: "person.undone",
    targetType: "person",
    targetId: thief.id,
    after: { since, numbers: 3, conflicts: 1 },
  });
});

test("a number that moved since is left and named", async () => {
  const id = await aNumber({ accepts: true });
  await flip(thief, id, false);
  await moveNumber(id, PLACES[0][1]);
  const conflicts = [{ phoneNumberId: id, why: "moved" }];
  const preview = await previewPersonUndo(admin, { personId: thief.id, since });
  expect(preview).toMatchObject({ changes: [], conflicts });
  expect(await undoPerson(admin, asked(0))).toMatchObject({ changed: [], conflicts });
  expect(await isOn(id)).toBe(false);
});

test("what they did before that time stays", async () => {
  const id = await aNumber();
  await flip(thief, id);
  since = new Date(Date.now() + HOUR_MS).toISOString();
  expect(await previewPersonUndo(admin, { personId: thief.id, since })).toMatchObject({
    changes: [],
  });
  expect(await undoPerson(admin, asked(0))).toMatchObject({ changed: [], batchId: null });
  expect(await readEvents({ targetId: thief.id })).toEqual([]);
});

test("what takes two people becomes one request, and the rest is undone", async () => {
  const guarded = await aNumber({ accountId: await anAccountOfTwo() });
  const free = await aNumber();
  await aBatch([guarded, free], thief);
  const result = await undoPerson(admin, asked(1, 1));
  expect(idsOf(result.changed)).toEqual([free]);
  expect(result.request?.changes).toMatchObject([{ phoneNumberId: guarded, acceptsBsuid: false }]);
});

test("when something moved on since the preview, nothing is undone", async () => {
  const [one, other] = [await aNumber(), await aNumber()];
  await aBatch([one, other], thief);
  await flip(admin, other, false);
  await expect(undoPerson(admin, asked(2))).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await isOn(one)).toBe(true);
});

test.each(["support", "account_manager", "auditor"] as const)(
  "a person with the role %s cannot undo what another did",
  async (role) => {
    const id = await aNumber();
    await flip(thief, id);
    const attempt = undoPerson(await aPerson(role), asked(1));
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await isOn(id)).toBe(true);
  },
);

test("when its entries cannot be written, nothing is undone", async () => {
  const id = await aNumber();
  await flip(thief, id);
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(undoPerson(admin, asked(1))).rejects.toThrow();
  });
  expect(await isOn(id)).toBe(true);
});
