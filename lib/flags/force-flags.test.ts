import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { whileInsertsAreSlow } from "#testing/database/slow-inserts.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccountOfTwo, aPerson } from "#testing/factories.ts";
import { manyNumbers } from "#testing/many-schedules.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { ROLES } from "../access/roles.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { MANY_CHANGES } from "./change-limits.ts";
import { forceFlags } from "./force-flags.ts";
import { reviewForcedChange } from "./review-forced-change.ts";

const database = useTestDatabase();

const reasons = { reason: "Acme cannot be reached", forceReason: "Nobody else is on duty tonight" };
const review = "Acme confirmed it this morning";
const on = (phoneNumberId: string) => ({ phoneNumberId, acceptsBsuid: true });
const ofTwo = async () => await aNumber({ accountId: await anAccountOfTwo() });
const rowOf = (phoneNumberId: string) =>
  db().number.findUniqueOrThrow({ where: { phoneNumberId } });

async function force(...ids: string[]) {
  return await forceFlags(await aPerson("admin"), { changes: ids.map(on), ...reasons });
}

test("forces the change, with an entry beside the flip's in the same batch, and lists it for review", async () => {
  const admin = await aPerson("admin");
  const phoneNumberId = await ofTwo();
  const result = await forceFlags(admin, { changes: [on(phoneNumberId)], ...reasons });
  const batchId = result.batchId ?? "";
  expect(await rowOf(phoneNumberId)).toMatchObject({ acceptsBsuid: true });
  const events = await readEvents({ batchId });
  expect(events).toMatchObject([
    { action: "flag.enabled", reason: reasons.reason, targetId: phoneNumberId },
    {
      action: "flag.forced",
      reason: reasons.forceReason,
      revision: null,
      targetType: "batch",
      targetId: batchId,
    },
  ]);
  expect(await db().forcedChange.findUnique({ where: { batchId } })).toMatchObject({
    forcedById: admin.id,
    reason: reasons.forceReason,
    reviewedAt: null,
  });
  expect(await verifyTrail(admin)).toMatchObject({ isWhole: true });
});

test.each(ROLES.filter((role) => role !== "admin"))("%s cannot force a change", async (role) => {
  const phoneNumberId = await ofTwo();
  const attempt = forceFlags(await aPerson(role), { changes: [on(phoneNumberId)], ...reasons });
  await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await rowOf(phoneNumberId)).toMatchObject({ acceptsBsuid: false });
});

test("an admin's token can neither force nor review", async () => {
  const admin = { ...(await aPerson("admin")), tokenId: crypto.randomUUID() };
  const phoneNumberId = await ofTwo();
  const forced = forceFlags(admin, { changes: [on(phoneNumberId)], ...reasons });
  await expect(forced).rejects.toThrow(/no token can do it/);
  const { batchId } = await force(await ofTwo());
  const reviewed = reviewForcedChange(admin, { batchId: batchId ?? "", review });
  await expect(reviewed).rejects.toThrow(/no token can do it/);
  expect(await rowOf(phoneNumberId)).toMatchObject({ acceptsBsuid: false });
});

test("where one person is enough, nothing is forced", async () => {
  await expect(force(await aNumber())).rejects.toMatchObject({ code: "CONFLICT" });
});

test("what already holds is not forced, and leaves nothing to review", async () => {
  const phoneNumberId = await ofTwo();
  await force(phoneNumberId);
  const before = await db().forcedChange.count();
  expect(await force(phoneNumberId)).toMatchObject({ changed: [], batchId: null });
  expect(await db().forcedChange.count()).toBe(before);
});

test("a forced change whose entry cannot be written is not made", async () => {
  const phoneNumberId = await ofTwo();
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(force(phoneNumberId)).rejects.toThrow(/broken by a test/);
  });
  expect(await rowOf(phoneNumberId)).toMatchObject({ acceptsBsuid: false, flagVersion: 0 });
});

test("another admin reviews it, once; who forced it cannot", async () => {
  const [admin, other, third] = [
    await aPerson("admin"),
    await aPerson("admin"),
    await aPerson("admin"),
  ];
  const changes = [on(await ofTwo())];
  const { batchId } = await forceFlags(admin, { changes, ...reasons });
  const input = { batchId: batchId ?? "", review };
  await expect(reviewForcedChange(admin, input)).rejects.toThrow(/Another admin has to review/);
  const reviews = await Promise.allSettled([
    reviewForcedChange(other, input),
    reviewForcedChange(third, input),
  ]);
  expect(reviews.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const entries = await readEvents({ action: "flag.force_reviewed", targetId: input.batchId });
  expect(entries).toMatchObject([{ reason: review, after: { forcedById: admin.id } }]);
});

test("forcing many numbers may take long", { timeout: 30_000 }, async () => {
  const numbers = await manyNumbers({ accountId: await anAccountOfTwo(), count: MANY_CHANGES + 1 });
  const slow = { into: "forced_change", seconds: 4.5 };
  await whileInsertsAreSlow(database.ownerUrl(), slow, async () => {
    expect((await force(...numbers)).changed).toHaveLength(MANY_CHANGES + 1);
  });
});
