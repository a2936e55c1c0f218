import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSchedule, aToken } from "#testing/factories.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { revokeToken } from "../tokens/revoke-token.ts";
import { cancelWaitingSchedules } from "./cancel-waiting-schedules.ts";
import { countWaiting } from "./count-waiting.ts";
import { createSchedule } from "./create-schedule.ts";
import { listSchedules } from "./list-schedules.ts";

const database = useTestDatabase();

const reason = "Their token was stolen";
const stateOf = async (id: string) =>
  (await db().schedule.findUniqueOrThrow({ where: { id } })).state;

/** A person who scheduled one change by a token and one without. */
async function aScheduler() {
  const support = await aPerson("support");
  const { id: tokenId } = await aToken({ personId: support.id });
  const [byToken, other] = await Promise.all(
    [{ ...support, tokenId }, support].map(async (actor) => {
      const changes = [{ phoneNumberId: await aNumber(), acceptsBsuid: true }];
      const localTime = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19);
      const { schedule } = await createSchedule(actor, { changes, localTime, zone: "UTC", reason });
      return schedule?.id ?? "";
    }),
  );
  return { support, tokenId, byToken: byToken ?? "", other: other ?? "" };
}

test("what came by a revoked token still waits, is counted and listed, and is cancelled alone", async () => {
  const admin = await aPerson("admin");
  const { tokenId, byToken, other } = await aScheduler();
  await revokeToken(admin, { tokenId, reason });
  expect(await countWaiting(admin, { tokenId })).toEqual({ schedules: 1, requests: 0 });
  const { items } = await listSchedules(admin, { tokenId, state: "waiting" });
  expect(items.map(({ id }) => id)).toEqual([byToken]);
  expect(await cancelWaitingSchedules(admin, { by: { tokenId }, reason })).toEqual({
    cancelled: 1,
  });
  expect([await stateOf(byToken), await stateOf(other)]).toEqual(["cancelled", "waiting"]);
  expect((await readEvents({ targetId: byToken })).at(-1)).toMatchObject({
    action: "schedule.cancelled",
    actor: { id: admin.id },
    reason,
  });
});

test("a person cancels all of their own, and nobody but an admin those of others", async () => {
  const { support, byToken, other } = await aScheduler();
  const by = { personId: support.id };
  for (const role of ["support", "account_manager", "auditor"] as const) {
    const attempt = cancelWaitingSchedules(await aPerson(role), { by, reason });
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
  expect([await stateOf(byToken), await stateOf(other)]).toEqual(["waiting", "waiting"]);
  expect(await cancelWaitingSchedules(support, { by, reason })).toEqual({ cancelled: 2 });
  expect(await cancelWaitingSchedules(support, { by, reason })).toEqual({ cancelled: 0 });
});

test("nothing is cancelled when the trail cannot be written", async () => {
  const { support, byToken } = await aScheduler();
  const input = { by: { personId: support.id }, reason };
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(cancelWaitingSchedules(support, input)).rejects.toThrow();
  });
  expect(await stateOf(byToken)).toBe("waiting");
});

test("one follows what another person's schedule makes: cancelling that cancels it, too", async () => {
  const [one, other] = [await aPerson("support"), await aPerson("support")];
  const phoneNumberId = await aNumber();
  const first = await aSchedule({ authorId: one.id, phoneNumberId });
  const second = await aSchedule({ authorId: other.id, phoneNumberId, afterId: first });
  await cancelWaitingSchedules(one, { by: { personId: one.id }, reason });
  expect(await stateOf(second)).toBe("cancelled");
});
