import { expect, test } from "vitest";
import { changeAsOwner } from "#testing/database/change-as-owner.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { aRequest } from "#testing/requests.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { approveRequest } from "./approve-request.ts";
import { getRequest } from "./get-request.ts";

const database = useTestDatabase();

const reason = "A test decides";
const HOUR_MS = 3_600_000;
const reader = aSystem("desk:read");
const isOn = async (phoneNumberId: string) =>
  (await db().number.findUniqueOrThrow({ where: { phoneNumberId } })).acceptsBsuid;
const actionsOf = async (targetId: string) =>
  (await readEvents({ targetId })).map(({ action }) => action);

test("a request for later is scheduled, and flips nothing yet", async () => {
  const at = new Date(Date.now() + HOUR_MS);
  const { id: requestId, changes } = await aRequest({ at });
  const approver = await aPerson("admin");
  const result = await approveRequest(approver, { requestId, version: 1 });
  expect(result).toEqual({ state: "scheduled", at: at.toISOString() });
  expect(await isOn(changes[0]?.phoneNumberId ?? "")).toBe(false);
  const [schedule] = await db().schedule.findMany({
    where: { requestId },
    include: { items: true },
  });
  expect(schedule).toMatchObject({
    state: "waiting",
    at,
    authorId: approver.id,
    isBound: true,
    lateHours: 24,
    items: [{ phoneNumberId: changes[0]?.phoneNumberId, flagVersion: 0, acceptsBsuid: true }],
  });
  expect(await actionsOf(requestId)).toEqual(["request.opened", "request.approved"]);
  expect(await actionsOf(schedule?.id ?? "")).toEqual(["schedule.created"]);
});

test("a scheduled request becomes void with its schedule when a number moves on", async () => {
  const phoneNumberId = await aNumber();
  const at = new Date(Date.now() + HOUR_MS);
  const { id: requestId } = await aRequest({ at, numbers: [phoneNumberId] });
  await approveRequest(await aPerson("admin"), { requestId, version: 1 });
  await setFlag(await aPerson("support"), { phoneNumberId, acceptsBsuid: true, reason });
  expect(await getRequest(reader, requestId)).toMatchObject({ state: "void" });
  expect(await db().schedule.findMany({ where: { requestId } })).toMatchObject([
    { state: "failed", failureCode: "STALE" },
  ]);
});

test("one whose time came while it was open is carried out with the approval", async () => {
  const { id: requestId, changes } = await aRequest({ at: new Date(Date.now() + HOUR_MS) });
  const at = new Date(Date.now() - HOUR_MS);
  await changeAsOwner(database.ownerUrl(), "change_request", { id: requestId, at });
  const result = await approveRequest(await aPerson("admin"), { requestId, version: 1 });
  expect(result).toMatchObject({ state: "approved" });
  expect(await isOn(changes[0]?.phoneNumberId ?? "")).toBe(true);
});
