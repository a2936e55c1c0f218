import { expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { changeAsOwner } from "#testing/database/change-as-owner.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccountOfTwo, aPerson, aSystem, aToken } from "#testing/factories.ts";
import { anAccountManager, aRequest } from "#testing/requests.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { db } from "../db/client.ts";
import { setPersonDisabled } from "../people/set-person-disabled.ts";
import { setPersonRole } from "../people/set-person-role.ts";
import { approveRequest } from "./approve-request.ts";
import { editRequest } from "./edit-request.ts";
import { getRequest } from "./get-request.ts";

const database = useTestDatabase();

const reason = "A test decides";
const HOUR_MS = 3_600_000;
const reader = aSystem("desk:read");
const people = aSystem("person:manage");
const isOn = async (phoneNumberId: string) =>
  (await db().number.findUniqueOrThrow({ where: { phoneNumberId } })).acceptsBsuid;
const actionsOf = async (targetId: string) =>
  (await readEvents({ targetId })).map(({ action }) => action);

test("an approval flips all numbers of the request, and the trail names both people", async () => {
  const { manager, accountId, phoneNumberId } = await anAccountManager();
  const numbers = [phoneNumberId, await aNumber({ accountId })];
  const { id: requestId } = await aRequest({ by: manager, numbers });
  const approver = await aPerson("support");
  const result = await approveRequest(approver, { requestId, version: 1, decision: "Looks good" });
  expect(result).toMatchObject({ state: "approved", changed: 2 });
  for (const id of numbers) expect(await isOn(id)).toBe(true);
  expect(await getRequest(reader, requestId)).toMatchObject({
    state: "approved",
    decidedBy: { email: approver.email },
    decision: "Looks good",
  });
  const events = await readEvents({ batchId: "batchId" in result ? result.batchId : "" });
  expect(events.map(({ action }) => action)).toEqual([
    "request.approved",
    "flag.enabled",
    "flag.enabled",
  ]);
  for (const event of events) {
    expect(event.actor).toMatchObject({ id: approver.id });
    expect(event.onBehalfOf).toMatchObject({ id: manager.id, email: manager.email });
  }
  expect(events[1]).toMatchObject({ channel: "request", reason: "A test asks for it" });
  expect(events[0]).toMatchObject({ reason: "Looks good", before: { state: "open" } });
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
});

test("an approval that flips nothing has its entry all the same", async () => {
  const { id: requestId } = await aRequest();
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query("DELETE FROM change_request_item WHERE request_id = $1", [requestId]);
  });
  await approveRequest(await aPerson("admin"), { requestId, version: 1 });
  expect(await actionsOf(requestId)).toEqual(["request.opened", "request.approved"]);
});

test("where an account needs two people, an approval is what changes it", async () => {
  const phoneNumberId = await aNumber({ accountId: await anAccountOfTwo() });
  const { id: requestId } = await aRequest({ numbers: [phoneNumberId] });
  await approveRequest(await aPerson("admin"), { requestId, version: 1 });
  expect(await isOn(phoneNumberId)).toBe(true);
});

test.each(["support", "admin"] as const)(
  "nobody approves what they asked for: %s does not either",
  async (role) => {
    const by = await aPerson(role);
    const { id: requestId, changes } = await aRequest({ by });
    const attempt = approveRequest(by, { requestId, version: 1 });
    await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await isOn(changes[0]?.phoneNumberId ?? "")).toBe(false);
    expect(await getRequest(reader, requestId)).toMatchObject({ state: "open" });
  },
);

test("nobody approves what they edited last", async () => {
  const { id: requestId } = await aRequest();
  const editor = await aPerson("admin");
  const edit = { requestId, version: 1, reason: "Clearer words", ticketUrl: null };
  await editRequest(editor, edit);
  const attempt = approveRequest(editor, { requestId, version: 2 });
  await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  await approveRequest(await aPerson("support"), { requestId, version: 2 });
});

test.each(["account_manager", "auditor"] as const)("the role %s approves nothing", async (role) => {
  const { id: requestId } = await aRequest();
  const attempt = approveRequest(await aPerson(role), { requestId, version: 1 });
  await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await getRequest(reader, requestId)).toMatchObject({ state: "open" });
});

test("a personal token approves nothing", async () => {
  const { id: requestId } = await aRequest();
  const approver = await aPerson("admin");
  const { id: tokenId } = await aToken({ personId: approver.id });
  const attempt = approveRequest({ ...approver, tokenId }, { requestId, version: 1 });
  await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await getRequest(reader, requestId)).toMatchObject({ state: "open" });
});

test("another version than the one that was shown is refused, with the present one", async () => {
  const { id: requestId } = await aRequest();
  const edit = { requestId, version: 1, reason: "Clearer words", ticketUrl: null };
  await editRequest(await aPerson("admin"), edit);
  const attempt = approveRequest(await aPerson("support"), { requestId, version: 1 });
  await expect(attempt).rejects.toMatchObject({ code: "PRECONDITION_FAILED", current: 2 });
});

test.each<[string, (personId: string) => Promise<unknown>]>([
  ["has another role", (personId) => setPersonRole(people, { personId, role: "auditor", reason })],
  [
    "was disabled behind the console's back",
    (id) => db().person.update({ where: { id }, data: { disabledAt: new Date() } }),
  ],
  [
    "does not manage the account any more",
    (managerId) => db().account.updateMany({ where: { managerId }, data: { managerId: null } }),
  ],
])("a request whose requester %s fails for good", async (_, change) => {
  const { manager, phoneNumberId } = await anAccountManager();
  const { id: requestId } = await aRequest({ by: manager, numbers: [phoneNumberId] });
  await change(manager.id);
  const attempt = approveRequest(await aPerson("support"), { requestId, version: 1 });
  await expect(attempt).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("Who asked for it"),
  });
  expect(await isOn(phoneNumberId)).toBe(false);
  expect(await getRequest(reader, requestId)).toMatchObject({ state: "failed" });
  expect(await actionsOf(requestId)).toEqual(["request.opened", "request.failed"]);
});

test("a stand-in's request is approved like the manager's", async () => {
  const { accountId, phoneNumberId } = await anAccountManager();
  const by = await aPerson("account_manager");
  await db().accountStandIn.create({ data: { accountId, personId: by.id } });
  const { id: requestId } = await aRequest({ by, numbers: [phoneNumberId] });
  await approveRequest(await aPerson("support"), { requestId, version: 1 });
  expect(await isOn(phoneNumberId)).toBe(true);
});

test("carrying one request out makes the others for its numbers void", async () => {
  const numbers = [await aNumber(), await aNumber()];
  const one = await aRequest({ numbers });
  const other = await aRequest({ numbers: numbers.slice(0, 1) });
  await approveRequest(await aPerson("admin"), { requestId: other.id, version: 1 });
  expect(await getRequest(reader, one.id)).toMatchObject({
    state: "void",
    why: expect.stringContaining("was changed meanwhile"),
  });
  expect(await isOn(numbers[1] ?? "")).toBe(false);
  const attempt = approveRequest(await aPerson("admin"), { requestId: one.id, version: 1 });
  await expect(attempt).rejects.toMatchObject({ code: "CONFLICT" });
});

test("a request that ran out of time is not approved", async () => {
  const { id: requestId } = await aRequest();
  const past = { id: requestId, expires_at: new Date(Date.now() - 1) };
  await changeAsOwner(database.ownerUrl(), "change_request", past);
  const attempt = approveRequest(await aPerson("admin"), { requestId, version: 1 });
  await expect(attempt).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("expired"),
  });
});

test("an approval whose person is disabled meanwhile changes nothing", async () => {
  const { id: requestId } = await aRequest();
  const approver = await aPerson("admin");
  await setPersonDisabled(people, { personId: approver.id, isDisabled: true, reason });
  const attempt = approveRequest(approver, { requestId, version: 1 });
  await expect(attempt).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  expect(await getRequest(reader, requestId)).toMatchObject({ state: "open" });
});

test("nothing changes when the trail cannot be written", async () => {
  const { id: requestId, changes } = await aRequest();
  const later = await aRequest({ at: new Date(Date.now() + HOUR_MS) });
  const admin = await aPerson("admin");
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(approveRequest(admin, { requestId, version: 1 })).rejects.toThrow();
    await expect(approveRequest(admin, { requestId: later.id, version: 1 })).rejects.toThrow();
  });
  expect(await isOn(changes[0]?.phoneNumberId ?? "")).toBe(false);
  for (const id of [requestId, later.id]) {
    expect(await getRequest(reader, id)).toMatchObject({ state: "open", decidedBy: null });
  }
  expect(await db().schedule.count({ where: { requestId: later.id } })).toBe(0);
});

test("a request that does not exist is not found", async () => {
  const attempt = approveRequest(await aPerson("admin"), {
    requestId: crypto.randomUUID(),
    version: 1,
  });
  await expect(attempt).rejects.toMatchObject({ code: "NOT_FOUND" });
});
