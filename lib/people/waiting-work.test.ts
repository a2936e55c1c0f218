import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSchedule, aToken } from "#testing/factories.ts";
import { aRequest } from "#testing/requests.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { revokeToken } from "../tokens/revoke-token.ts";
import { endWaitingWork } from "./end-waiting-work.ts";
import { listWaitingWork } from "./list-waiting-work.ts";

const database = useTestDatabase();

const reason = "Their laptop was stolen";

async function aPersonWithWork() {
  const person = await aPerson("support");
  const { id: tokenId } = await aToken({ personId: person.id });
  const request = await aRequest({ by: { ...person, tokenId } });
  const scheduleId = await aSchedule({ authorId: person.id, phoneNumberId: await aNumber() });
  return { person, tokenId, requestId: request.id, scheduleId };
}

test("what waits is listed with the token it came by, also once that is revoked", async () => {
  const { person, tokenId, requestId, scheduleId } = await aPersonWithWork();
  const admin = await aPerson("admin");
  await revokeToken(admin, { tokenId, reason });
  for (const viewer of [person, admin]) {
    expect(await listWaitingWork(viewer, person.id)).toMatchObject([
      { kind: "request", id: requestId, tokenName: "A test's token" },
      { kind: "schedule", id: scheduleId, tokenName: null },
    ]);
  }
});

test("ending it withdraws the requests and cancels the schedules, each with an entry, once", async () => {
  const { person, requestId, scheduleId } = await aPersonWithWork();
  const admin = await aPerson("admin");
  for (const _ of [1, 2]) await endWaitingWork(admin, { personId: person.id, reason });
  expect(await listWaitingWork(person, person.id)).toEqual([]);
  const events = await readEvents({ actorId: admin.id });
  expect(events).toMatchObject([
    { action: "request.withdrawn", targetId: requestId, reason },
    { action: "schedule.cancelled", targetId: scheduleId, reason },
  ]);
});

test("people end their own, and others' are an admin's to see and to end", async () => {
  const { person, requestId } = await aPersonWithWork();
  for (const role of ["support", "account_manager", "auditor"] as const) {
    const other = await aPerson(role);
    const code = "FORBIDDEN";
    await expect(listWaitingWork(other, person.id)).rejects.toMatchObject({ code });
    const attempt = endWaitingWork(other, { personId: person.id, reason });
    await expect(attempt).rejects.toMatchObject({ code });
  }
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(endWaitingWork(person, { personId: person.id, reason })).rejects.toThrow();
  });
  const where = { id: requestId, state: "open" };
  expect(await db().changeRequest.count({ where })).toBe(1);
  await endWaitingWork(person, { personId: person.id, reason });
  expect(await db().changeRequest.count({ where })).toBe(0);
});
