import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { changeAsOwner } from "#testing/database/change-as-owner.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson, aSystem } from "#testing/factories.ts";
import { aRequest } from "#testing/requests.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { approveRequest } from "./approve-request.ts";
import { expireRequests } from "./expire-requests.ts";
import { getRequest } from "./get-request.ts";

const database = useTestDatabase();

const theConsole = () => aSystem("request:expire");
const reader = aSystem("desk:read");
const HOUR_MS = 3_600_000;
const past = () => new Date(Date.now() - 1);
type Change = { at?: Date; expires_at?: Date; late_hours?: number | null };
const change = (id: string, columns: Change) =>
  changeAsOwner(database.ownerUrl(), "change_request", { id, ...columns });
const isOn = async (phoneNumberId = "") =>
  (await db().number.findUniqueOrThrow({ where: { phoneNumberId } })).acceptsBsuid;

test("one that nobody approved in time expires, and flips nothing", async () => {
  const { id, changes } = await aRequest();
  await change(id, { expires_at: past() });
  expect(await expireRequests(theConsole())).toBe(1);
  expect(await expireRequests(theConsole())).toBe(0);
  expect(await getRequest(reader, id)).toMatchObject({
    state: "expired",
    decidedBy: null,
    why: expect.stringMatching(/^Nobody approved it by \d{4}-/),
  });
  expect(await isOn(changes[0]?.phoneNumberId)).toBe(false);
  expect(await readEvents({ targetId: id })).toMatchObject([
    { action: "request.opened" },
    { action: "request.expired", actorType: "system", after: { state: "expired" } },
  ]);
});

test("one that is open after its time and tolerance expires, too", async () => {
  const { id } = await aRequest({ at: new Date(Date.now() + HOUR_MS), lateHours: 2 });
  await change(id, { at: new Date(Date.now() - HOUR_MS) });
  expect(await expireRequests(theConsole())).toBe(0);
  await change(id, { at: new Date(Date.now() - 3 * HOUR_MS) });
  expect(await expireRequests(theConsole())).toBe(1);
  expect(await getRequest(reader, id)).toMatchObject({ state: "expired" });
});

test("one without a limit waits for its approval, however late", async () => {
  const { id } = await aRequest({ at: new Date(Date.now() + HOUR_MS) });
  await change(id, { at: new Date(Date.now() - 9_000 * HOUR_MS), late_hours: null });
  expect(await expireRequests(theConsole())).toBe(0);
});

test("an approved one that was not carried out in time expires with its schedule", async () => {
  const { id } = await aRequest({ at: new Date(Date.now() + HOUR_MS), lateHours: 1 });
  await approveRequest(await aPerson("admin"), { requestId: id, version: 1 });
  await change(id, { expires_at: past() });
  expect(await expireRequests(theConsole())).toBe(0);
  await change(id, { at: new Date(Date.now() - 2 * HOUR_MS) });
  expect(await expireRequests(theConsole())).toBe(1);
  expect(await getRequest(reader, id)).toMatchObject({
    state: "expired",
    why: expect.stringContaining("not carried out"),
  });
  expect(await db().schedule.findMany({ where: { requestId: id } })).toMatchObject([
    { state: "failed" },
  ]);
});

test("one that may be no hour late is left to the runner for the minute that it has", async () => {
  const { id } = await aRequest({ at: new Date(Date.now() + HOUR_MS), lateHours: 1 });
  await approveRequest(await aPerson("admin"), { requestId: id, version: 1 });
  await change(id, { at: new Date(Date.now() - 5_000), late_hours: 0 });
  expect(await expireRequests(theConsole())).toBe(0);
  await change(id, { at: new Date(Date.now() - 61_000) });
  expect(await expireRequests(theConsole())).toBe(1);
});

test("nothing expires when the trail cannot be written", async () => {
  const { id } = await aRequest();
  await change(id, { expires_at: past() });
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(expireRequests(theConsole())).rejects.toThrow();
  });
  expect(await getRequest(reader, id)).toMatchObject({ state: "open" });
  await expireRequests(theConsole());
});

test("only the console ends them", async () => {
  const attempt = expireRequests(await aPerson("admin"));
  await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
});
