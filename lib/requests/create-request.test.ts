import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, aPerson } from "#testing/factories.ts";
import { anAccountManager, aRequest } from "#testing/requests.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../db/client.ts";
import { createRequest } from "./create-request.ts";

const database = useTestDatabase();

const reason = "Acme asked for it in writing";
const on = (...ids: string[]) =>
  ids.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: true }));
const countOf = (requestedById: string) => db().changeRequest.count({ where: { requestedById } });

test("a request is open for 14 days, with its numbers as they are, and is in the trail", async () => {
  const { manager, phoneNumberId } = await anAccountManager();
  const ticketUrl = "https://tickets.test/1";
  const checks = ["Their CRM keys on userId", "Their flows do not need a phone"];
  const changes = on(phoneNumberId);
  const { id } = await createRequest(manager, { changes, reason, ticketUrl, checks });
  const row = await db().changeRequest.findUniqueOrThrow({
    where: { id },
    include: { items: true },
  });
  expect(row).toMatchObject({
    state: "open",
    version: 1,
    requestedById: manager.id,
    ticketUrl,
    checks,
    items: [{ phoneNumberId, acceptsBsuid: true, flagVersion: 0 }],
  });
  expect(row.expiresAt.getTime() - row.requestedAt.getTime()).toBe(14 * 86_400_000);
  expect(await readEvents({ targetId: id })).toMatchObject([
    {
      action: "request.opened",
      actorId: manager.id,
      after: { state: "open", turnOn: 1, phoneNumberIds: phoneNumberId, checks: checks.join("; ") },
      reason,
      ticketUrl,
    },
  ]);
});

test("an account manager asks for accounts that they manage or stand in for, and no others", async () => {
  const { manager, phoneNumberId } = await anAccountManager();
  const standInAccount = await anAccount();
  await db().accountStandIn.create({
    data: { accountId: standInAccount, personId: manager.id },
  });
  const other = await aNumber({ accountId: await anAccount("Umbrella") });
  const changes = on(phoneNumberId, await aNumber({ accountId: standInAccount }));
  await createRequest(manager, { changes, reason });
  const attempt = createRequest(manager, { changes: on(phoneNumberId, other), reason });
  await expect(attempt).rejects.toMatchObject({
    code: "FORBIDDEN",
    message: expect.stringContaining("Umbrella"),
  });
  expect(await countOf(manager.id)).toBe(1);
});

test.each(["support", "admin"] as const)("%s asks for any number", async (role) => {
  const by = await aPerson(role);
  await createRequest(by, { changes: on(await aNumber()), reason });
  expect(await countOf(by.id)).toBe(1);
});

test("an auditor asks for nothing", async () => {
  const by = await aPerson("auditor");
  const attempt = createRequest(by, { changes: on(await aNumber()), reason });
  await expect(attempt).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await countOf(by.id)).toBe(0);
});

test("a local time is an instant of its zone, and both are kept", async () => {
  const by = await aPerson("support");
  const year = new Date().getUTCFullYear() + 1;
  const time = { localTime: `${year}-03-01T09:00`, zone: "America/Sao_Paulo" };
  const { id } = await createRequest(by, { changes: on(await aNumber()), reason, ...time });
  expect(await db().changeRequest.findUnique({ where: { id } })).toMatchObject({
    ...time,
    at: new Date(`${year}-03-01T12:00:00Z`),
    lateHours: 24,
  });
});

test("no time is given by null, too, as a request shows it", async () => {
  const by = await aPerson("support");
  const asked = await createRequest(by, { changes: on(await aNumber()), reason, at: null });
  expect(asked).toMatchObject({ state: "open", at: null });
});

test("what turns numbers off may be late without limit, unless said", async () => {
  const by = await aPerson("support");
  const at = new Date(Date.now() + 3_600_000).toISOString();
  const off = async () => [
    { phoneNumberId: await aNumber({ accepts: true }), acceptsBsuid: false },
  ];
  const one = await createRequest(by, { changes: await off(), reason, at });
  const other = await createRequest(by, { changes: await off(), reason, at, lateHours: 3 });
  const read = async (id: string) =>
    (await db().changeRequest.findUniqueOrThrow({ where: { id } })).lateHours;
  expect([await read(one.id), await read(other.id)]).toEqual([null, 3]);
});

test.each([
  [{ localTime: "2027-03-28T02:30", zone: "Europe/Madrid" }, "localTime"],
  [{ localTime: "2027-10-31T02:30", zone: "Europe/Madrid" }, "localTime"],
  [{ localTime: "2020-01-01T09:00", zone: "Europe/Madrid" }, "localTime"],
  [{ localTime: "2030-01-01T09:00" }, "zone"],
  [{ zone: "Europe/Madrid" }, "localTime"],
  [{ at: "2030-01-01T09:00:00Z", zone: "Europe/Madrid" }, "at"],
  [{ at: "2020-01-01T09:00:00Z" }, "at"],
  [{ localTime: "2030-01-01T09:00", zone: "Mars/Olympus" }, "zone"],
])("the time %j is refused by %s", async (time, path) => {
  const by = await aPerson("support");
  const attempt = createRequest(by, { changes: on(await aNumber()), reason, ...time });
  await expect(attempt).rejects.toMatchObject({ code: "INVALID_INPUT", issues: [{ path }] });
  expect(await countOf(by.id)).toBe(0);
});

test("a time that exists twice is asked about, and taken as said", async () => {
  const by = await aPerson("support");
  const time = {
    localTime: "2027-10-31T02:30",
    zone: "Europe/Madrid",
    ambiguous: "later",
  } as const;
  const { at } = await createRequest(by, { changes: on(await aNumber()), reason, ...time });
  expect(at).toBe("2027-10-31T01:30:00.000Z");
});

test("more than 30 requests within an hour are refused", async () => {
  const by = await aPerson("support");
  const phoneNumberId = await aNumber();
  const template = await aRequest({ by, numbers: [phoneNumberId] });
  const row = await db().changeRequest.findUniqueOrThrow({ where: { id: template.id } });
  const more = Array.from({ length: 29 }, () => ({ ...row, id: crypto.randomUUID() }));
  await db().changeRequest.createMany({ data: more });
  const attempt = aRequest({ by });
  await expect(attempt).rejects.toMatchObject({ code: "RATE_LIMITED" });
  expect(await countOf(by.id)).toBe(30);
});

test("nothing is asked when the trail cannot be written", async () => {
  const by = await aPerson("support");
  const phoneNumberId = await aNumber();
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(createRequest(by, { changes: on(phoneNumberId), reason })).rejects.toThrow();
  });
  expect(await countOf(by.id)).toBe(0);
});
