import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccount, anAccountOfTwo, aPerson, aSystem } from "#testing/factories.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { requireTwoPeople } from "#testing/two-people.ts";
import type { PersonActor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import type { TwoPeople } from "./change-or-request.ts";
import { MAX_OPEN_REQUESTS, MAX_REQUESTS_PER_HOUR } from "./pending/request-bounds.ts";
import { retireNumber } from "./retire-number.ts";
import { setFlag } from "./set-flag.ts";
import { setFlags } from "./set-flags.ts";

const database = useTestDatabase();

const reason = "Acme asked for it in writing";
const on = (phoneNumberId: string) => ({ phoneNumberId, acceptsBsuid: true });
const ofTwo = async () => await aNumber({ accountId: await anAccountOfTwo() });
const isOn = async (phoneNumberId: string) =>
  (await db().number.findUniqueOrThrow({ where: { phoneNumberId } })).acceptsBsuid;

async function turnOn(ids: readonly string[], twoPeople?: TwoPeople) {
  const actor = await aPerson("support");
  return await setFlags(actor, { changes: ids.map(on), reason }, twoPeople ? { twoPeople } : {});
}

test("where two people are needed a change becomes a request, and changes nothing", async () => {
  const support = await aPerson("support");
  const phoneNumberId = await ofTwo();
  const ticketUrl = "https://support.example.com/t/1";
  const result = await setFlag(support, { ...on(phoneNumberId), reason, ticketUrl });
  expect(result).toMatchObject({ changed: false, number: { phoneNumberId, acceptsBsuid: false } });
  expect(result.request).toMatchObject({
    state: "open",
    version: 1,
    changes: [{ phoneNumberId, acceptsBsuid: true, flagVersion: 0 }],
    reason,
    ticketUrl,
    at: null,
    requestedBy: { email: support.email, name: support.name },
    decidedBy: null,
    why: null,
  });
  expect(await isOn(phoneNumberId)).toBe(false);
  const [entry] = await readEvents({ targetId: result.request?.id ?? "" });
  expect(entry).toMatchObject({
    action: "request.opened",
    actorId: support.id,
    revision: null,
    reason,
    ticketUrl,
    after: { state: "open", turnOn: 1, makePhoneOnly: 0, phoneNumberIds: phoneNumberId },
  });
  const days = (Date.parse(result.request?.expiresAt ?? "") - Date.now()) / 86_400_000;
  expect(days).toBeCloseTo(14, 1);
});

test("a set with one such number becomes one request as a whole", async () => {
  const ids = [await aNumber(), await ofTwo()];
  const { changed, needApproval, request } = await turnOn(ids);
  expect(changed).toEqual([]);
  expect(needApproval).toHaveLength(2);
  expect(request?.changes.map(({ phoneNumberId }) => phoneNumberId)).toEqual([...ids].sort());
  expect(await Promise.all(ids.map(isOn))).toEqual([false, false]);
});

test("split, what may be changed is, and one request is opened for the rest", async () => {
  const [free = "", two = ""] = [await aNumber(), await ofTwo()];
  const { changed, request } = await turnOn([free, two], "split");
  expect(changed.map(({ phoneNumberId }) => phoneNumberId)).toEqual([free]);
  expect(request?.changes.map(({ phoneNumberId }) => phoneNumberId)).toEqual([two]);
  expect(await Promise.all([free, two].map(isOn))).toEqual([true, false]);
});

test("split, both or neither: what cannot be asked for is not changed either", async () => {
  const [free, two] = [await aNumber(), await ofTwo()];
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(turnOn([free, two], "split")).rejects.toThrow(/broken by a test/);
  });
  expect(await isOn(free)).toBe(false);
  expect(await db().changeRequestItem.count({ where: { phoneNumberId: two } })).toBe(0);
});

test("strictly, it is refused and opens nothing", async () => {
  const phoneNumberId = await ofTwo();
  await expect(turnOn([phoneNumberId], "refuse")).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await db().changeRequestItem.count({ where: { phoneNumberId } })).toBe(0);
});

test("a dry run says what would need somebody else, and opens nothing", async () => {
  const phoneNumberId = await ofTwo();
  const input = { changes: [on(phoneNumberId)], reason, dryRun: true };
  const result = await setFlags(await aPerson("support"), input);
  expect(result).toMatchObject({ changed: [], needApproval: [{ phoneNumberId }], request: null });
  expect(await db().changeRequestItem.count({ where: { phoneNumberId } })).toBe(0);
});

test("a program cannot ask", async () => {
  const input = { changes: [on(await ofTwo())], reason };
  await expect(setFlags(aSystem("flag:set"), input)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a number that is on is not retired there, one that is off is", async () => {
  const accountId = await anAccount();
  const [accepting, off] = [
    await aNumber({ accountId, accepts: true }),
    await aNumber({ accountId }),
  ];
  await requireTwoPeople(accountId);
  const support = await aPerson("support");
  const refused = retireNumber(support, { phoneNumberId: accepting, reason });
  await expect(refused).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringMatching(/Make it phone-only/),
  });
  expect(await retireNumber(support, { phoneNumberId: off, reason })).toMatchObject({
    changed: true,
  });
});

async function openMany(actor: PersonActor, count: number, requestedAt: Date) {
  const request = { display: "A test's", reason, requestedById: actor.id, requestedAt };
  const expiresAt = new Date(Date.now() + 86_400_000);
  await db().changeRequest.createMany({
    data: Array.from({ length: count }, () => ({ ...request, expiresAt })),
  });
}

test.each([
  ["open requests", MAX_OPEN_REQUESTS, 2],
  ["requests of the last hour", MAX_REQUESTS_PER_HOUR, 0],
])("nobody has more %s than %i", async (_, bound, hoursAgo) => {
  const support = await aPerson("support");
  const at = new Date(Date.now() - hoursAgo * 3_600_000);
  await openMany(support, bound - 1, at);
  const input = async () => ({ changes: [on(await ofTwo())], reason });
  expect((await setFlags(support, await input())).request).not.toBeNull();
  await expect(setFlags(support, await input())).rejects.toMatchObject({ code: "RATE_LIMITED" });
  const { request } = await setFlags(await aPerson("support"), await input());
  expect(request).not.toBeNull();
});

test("nobody has more than 10,000 numbers in open requests", async () => {
  const support = await aPerson("support");
  const accountId = await anAccountOfTwo();
  const ids = Array.from({ length: 10_000 }, (_, index) => `7${String(index).padStart(14, "0")}`);
  await db().number.createMany({
    data: ids.map((phoneNumberId) => ({
      phoneNumberId,
      displayPhoneNumber: "+15550000000",
      label: "One of many",
      portfolioId: "1",
      wabaId: "1",
      accountId,
    })),
  });
  const { request } = await setFlags(support, { changes: ids.map(on), reason });
  expect(request?.changes).toHaveLength(10_000);
  const one = setFlags(support, { changes: [on(await aNumber({ accountId }))], reason });
  await expect(one).rejects.toMatchObject({ code: "RATE_LIMITED" });
  // Ten thousand numbers are made, and asked for.
}, 60_000);
