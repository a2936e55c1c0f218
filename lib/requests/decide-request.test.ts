import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anAccountOfTwo, aPerson, aSystem } from "#testing/factories.ts";
import { aLiftRequest, anAccountManager, aRequest } from "#testing/requests.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { approveRequest } from "./approve-request.ts";
import { declineRequest } from "./decline-request.ts";
import { editRequest } from "./edit-request.ts";
import { getRequest } from "./get-request.ts";
import { withdrawRequest } from "./withdraw-request.ts";

const database = useTestDatabase();

const reason = "Their CRM is not ready";
const reader = aSystem("desk:read");
const actionsOf = async (targetId: string) =>
  (await readEvents({ targetId })).map(({ action }) => action);
const stateOf = async (id: string) => (await getRequest(reader, id)).state;
const later = () => new Date(Date.now() + 3_600_000);

describe("declining", () => {
  test("ends a request with words, which its requester and the trail have", async () => {
    const { id: requestId } = await aRequest();
    const decider = await aPerson("support");
    const ended = await declineRequest(decider, { requestId, reason });
    expect(ended).toMatchObject({
      state: "declined",
      decision: reason,
      decidedBy: { email: decider.email },
      why: null,
    });
    const [, event] = await readEvents({ targetId: requestId });
    expect(event).toMatchObject({
      action: "request.declined",
      actorId: decider.id,
      before: { state: "open" },
      after: { state: "declined" },
      reason,
    });
  });

  test.each(["support", "admin"] as const)("is not for one's own, as %s", async (role) => {
    const by = await aPerson(role);
    const { id: requestId } = await aRequest({ by });
    const attempt = declineRequest(by, { requestId, reason });
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await stateOf(requestId)).toBe("open");
  });

  test.each(["account_manager", "auditor"] as const)("is refused to %s", async (role) => {
    const { id: requestId } = await aRequest();
    const attempt = declineRequest(await aPerson(role), { requestId, reason });
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await actionsOf(requestId)).toEqual(["request.opened"]);
  });

  test("takes words", async () => {
    const { id: requestId } = await aRequest();
    const attempt = declineRequest(await aPerson("support"), { requestId, reason: "no" });
    await expect(attempt).rejects.toMatchObject({ issues: [{ path: "reason" }] });
  });
});

describe("withdrawing", () => {
  test("is for whoever asked, and final", async () => {
    const { manager, phoneNumberId } = await anAccountManager();
    const { id: requestId } = await aRequest({ by: manager, numbers: [phoneNumberId] });
    for (const role of ["support", "admin", "account_manager"] as const) {
      const attempt = withdrawRequest(await aPerson(role), { requestId });
      await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    expect(await withdrawRequest(manager, { requestId })).toMatchObject({ state: "withdrawn" });
    const again = withdrawRequest(manager, { requestId });
    await expect(again).rejects.toMatchObject({
      code: "CONFLICT",
      message: `${manager.name} withdrew it a moment ago.`,
    });
    const update = db().changeRequest.update({
      where: { id: requestId },
      data: { state: "open", endedAt: null },
    });
    await expect(update).rejects.toThrow("the end of a request is final");
  });

  test("takes an approved one's schedule with it", async () => {
    const by = await aPerson("support");
    const { id: requestId } = await aRequest({ by, at: later() });
    await approveRequest(await aPerson("admin"), { requestId, version: 1 });
    await withdrawRequest(by, { requestId });
    const [schedule] = await db().schedule.findMany({ where: { requestId } });
    expect(schedule).toMatchObject({ state: "cancelled" });
    expect(await actionsOf(schedule?.id ?? "")).toEqual(["schedule.created", "schedule.cancelled"]);
    expect(await actionsOf(requestId)).toEqual([
      "request.opened",
      "request.approved",
      "request.withdrawn",
    ]);
  });
});

describe("editing", () => {
  const edit = { version: 1, reason: "Clearer words", ticketUrl: "https://tickets.test/1" };

  test("raises the version, changes what it says, and does not void it", async () => {
    const by = await aPerson("support");
    const { id: requestId, changes } = await aRequest({ by });
    const edited = await editRequest(by, { requestId, ...edit });
    expect(edited).toMatchObject({ ...edit, version: 2, state: "open", changes });
    const [, event] = await readEvents({ targetId: requestId });
    expect(event).toMatchObject({
      action: "request.edited",
      before: { version: 1, reason: "A test asks for it", ticketUrl: null },
      after: { ...edit, version: 2 },
    });
  });

  test("without a difference writes nothing", async () => {
    const by = await aPerson("support");
    const { id: requestId, reason: same } = await aRequest({ by });
    await editRequest(by, { requestId, version: 1, reason: same, ticketUrl: null });
    expect(await actionsOf(requestId)).toEqual(["request.opened"]);
  });

  test("of what somebody else edited meanwhile is refused, with the present version", async () => {
    const { id: requestId } = await aRequest();
    await editRequest(await aPerson("admin"), { requestId, ...edit });
    const attempt = editRequest(await aPerson("support"), { requestId, ...edit });
    await expect(attempt).rejects.toMatchObject({ code: "PRECONDITION_FAILED", current: 2 });
  });

  test("is for whoever asked, support and admins", async () => {
    const { id: requestId } = await aRequest();
    for (const role of ["account_manager", "auditor"] as const) {
      const attempt = editRequest(await aPerson(role), { requestId, ...edit });
      await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    const { manager, phoneNumberId } = await anAccountManager();
    const own = await aRequest({ by: manager, numbers: [phoneNumberId] });
    await editRequest(manager, { requestId: own.id, ...edit });
    expect(await getRequest(reader, own.id)).toMatchObject({ version: 2 });
    expect(await getRequest(reader, requestId)).toMatchObject({ version: 1 });
  });

  test("of what lifts an account's rule is not for support, who may not decide on it", async () => {
    const asker = await aPerson("admin");
    const requestId = await aLiftRequest(asker, await anAccountOfTwo());
    const attempt = editRequest(await aPerson("support"), { requestId, ...edit });
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await getRequest(reader, requestId)).toMatchObject({ version: 1 });
    await editRequest(await aPerson("admin"), { requestId, ...edit });
    expect(await getRequest(reader, requestId)).toMatchObject({ version: 2 });
  });

  test("of one that is approved for later is refused", async () => {
    const by = await aPerson("support");
    const { id: requestId } = await aRequest({ by, at: later() });
    await approveRequest(await aPerson("admin"), { requestId, version: 1 });
    const attempt = editRequest(by, { requestId, ...edit });
    await expect(attempt).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

test("what does not exist is not found", async () => {
  const requestId = randomUUID();
  const admin = await aPerson("admin");
  for (const attempt of [
    () => declineRequest(admin, { requestId, reason }),
    () => withdrawRequest(admin, { requestId }),
    () => editRequest(admin, { requestId, version: 1, reason, ticketUrl: null }),
    () => getRequest(admin, requestId),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
});

test("nothing changes when the trail cannot be written", async () => {
  const by = await aPerson("admin");
  const admin = await aPerson("admin");
  const { id: requestId } = await aRequest({ by });
  const accountId = await anAccountOfTwo();
  const lifting = await aLiftRequest(by, accountId);
  await whileAuditFails(database.ownerUrl(), async () => {
    for (const attempt of [
      () => declineRequest(admin, { requestId, reason }),
      () => withdrawRequest(by, { requestId }),
      () => editRequest(by, { requestId, version: 1, reason, ticketUrl: null }),
      () => approveRequest(admin, { requestId: lifting, version: 1 }),
    ]) {
      await expect(attempt()).rejects.toThrow();
    }
  });
  expect(await getRequest(reader, requestId)).toMatchObject({ state: "open", version: 1 });
  expect(await stateOf(lifting)).toBe("open");
  const where = { id: accountId, needsTwoPeople: true };
  expect(await db().account.count({ where })).toBe(1);
});
