import { expect, test } from "vitest";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import {
  aNumber,
  anAccount,
  anAccountOfTwo,
  aPerson,
  aSchedule,
  aScheduledRequest,
  aSystem,
} from "#testing/factories.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { db } from "../../db/client.ts";
import { inAuditedTransaction } from "../../db/transaction.ts";
import { getNumber } from "../../numbers/get-number.ts";
import { importRoster } from "../../roster/import-roster.ts";
import { forceFlags } from "../force-flags.ts";
import { retireNumber } from "../retire-number.ts";
import { setFlags } from "../set-flags.ts";
import { openRequest } from "./open-request.ts";
import { PendingSet } from "./pending-set.ts";

const database = useTestDatabase();

const reason = "Acme asked for it in writing";
const on = (phoneNumberId: string) => ({ phoneNumberId, acceptsBsuid: true });

async function aRequest(...phoneNumberIds: string[]) {
  const actor = await aPerson("support");
  const numbers = await Promise.all(phoneNumberIds.map((id) => getNumber(actor, id)));
  const targets = numbers.map((number) => ({ number, acceptsBsuid: !number.acceptsBsuid }));
  const wish = { targets, reason };
  return await inAuditedTransaction(actor, (tx) => openRequest(tx, wish));
}

async function turnOn(...phoneNumberIds: string[]) {
  return await setFlags(await aPerson("support"), { changes: phoneNumberIds.map(on), reason });
}

const requestOf = (id: string) => db().changeRequest.findUniqueOrThrow({ where: { id } });
const scheduleOf = (id: string) => db().schedule.findUniqueOrThrow({ where: { id } });
const authorId = async () => (await aPerson("support")).id;

test("a change makes the requests that name its number void, with words, in its transaction", async () => {
  const phoneNumberId = await aNumber({ label: "Vendas", displayPhoneNumber: "+5511912345678" });
  const [{ id }, other] = [await aRequest(phoneNumberId), await aRequest(await aNumber())];
  await turnOn(phoneNumberId);
  expect(await requestOf(id)).toMatchObject({
    state: "void",
    why: "Vendas (+5511912345678) was changed meanwhile.",
    endedAt: expect.any(Date),
  });
  expect(await requestOf(other.id)).toMatchObject({ state: "open", endedAt: null });
  const [flip] = await readEvents({ targetId: phoneNumberId });
  const [, voided] = await readEvents({ targetId: id });
  expect(voided).toMatchObject({
    action: "request.voided",
    seq: (flip?.seq ?? 0) + 1,
    occurredAt: flip?.occurredAt,
    actorId: flip?.actorId,
    requestId: flip?.requestId,
    after: { state: "void", why: "Vendas (+5511912345678) was changed meanwhile." },
  });
});

test("a request of several numbers is void as a whole, once, however many of them change", async () => {
  const ids = [await aNumber(), await aNumber(), await aNumber()];
  const { id } = await aRequest(...ids);
  await Promise.all([turnOn(ids[0] ?? ""), turnOn(ids[1] ?? "")]);
  expect(await requestOf(id)).toMatchObject({ state: "void" });
  const actions = (await readEvents({ targetId: id })).map(({ action }) => action);
  expect(actions).toEqual(["request.opened", "request.voided"]);
});

test("setting what already holds ends nothing", async () => {
  const phoneNumberId = await aNumber();
  const { id } = await aRequest(phoneNumberId);
  await setFlags(await aPerson("support"), {
    changes: [{ phoneNumberId, acceptsBsuid: false }],
    reason,
  });
  expect(await requestOf(id)).toMatchObject({ state: "open" });
});

test("a change whose entry cannot be written ends nothing", async () => {
  const phoneNumberId = await aNumber();
  const { id } = await aRequest(phoneNumberId);
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(turnOn(phoneNumberId)).rejects.toThrow(/broken by a test/);
  });
  expect(await requestOf(id)).toMatchObject({ state: "open" });
});

test("a request and the change it asks for at the same moment: it is bound to what it saw, or void", async () => {
  for (let round = 0; round < 5; round += 1) {
    const phoneNumberId = await aNumber({ accountId: await anAccountOfTwo() });
    const admin = await aPerson("admin");
    const asked = setFlags(await aPerson("support"), { changes: [on(phoneNumberId)], reason });
    const forced = forceFlags(admin, { changes: [on(phoneNumberId)], reason, forceReason: reason });
    const [{ request }] = await Promise.all([asked, forced]);
    if (request) expect(await requestOf(request.id)).toMatchObject({ state: "void" });
  }
});

test.each([
  ["another account", { accountExternalId: "elsewhere", accountName: "Elsewhere" }, "void"],
  ["another portfolio", { portfolioId: "900000000000777" }, "void"],
  ["another WABA", { wabaId: "200000000000777" }, "void"],
  ["another label", { label: "Renamed" }, "open"],
])("a roster that gives the number %s: %j leaves the request %s", async (_, change, state) => {
  const entry = anEntry();
  await importRoster(aSystem("roster:write"), toSource([entry]));
  const { id } = await aRequest(entry.phoneNumberId);
  const scheduleId = await aSchedule({
    authorId: await authorId(),
    phoneNumberId: entry.phoneNumberId,
    isBound: false,
  });
  await importRoster(aSystem("roster:write"), toSource([{ ...entry, ...change }]));
  expect(await requestOf(id)).toMatchObject({ state });
  expect(await scheduleOf(scheduleId)).toMatchObject(
    state === "void" ? { state: "failed", failureCode: "MOVED" } : { state: "waiting" },
  );
});

test("retiring a number ends what waits for it", async () => {
  const phoneNumberId = await aNumber();
  const { id } = await aRequest(phoneNumberId);
  const scheduleId = await aSchedule({ authorId: await authorId(), phoneNumberId, isBound: false });
  await retireNumber(await aPerson("support"), { phoneNumberId, reason });
  expect(await requestOf(id)).toMatchObject({
    state: "void",
    why: expect.stringMatching(/was retired/),
  });
  expect(await scheduleOf(scheduleId)).toMatchObject({ state: "failed", failureCode: "RETIRED" });
});

test("a schedule bound to the version fails, one that is not stays, and what follows a failed one is cancelled", async () => {
  const phoneNumberId = await aNumber();
  const by = { authorId: await authorId(), phoneNumberId };
  const bound = await aSchedule(by);
  const afterBound = await aSchedule({ ...by, afterId: bound, flagVersion: 1 });
  const last = await aSchedule({ ...by, afterId: afterBound, flagVersion: 2, isBound: false });
  const free = await aSchedule({ ...by, isBound: false });
  await turnOn(phoneNumberId);
  expect(await scheduleOf(bound)).toMatchObject({ state: "failed", failureCode: "STALE" });
  for (const id of [afterBound, last]) {
    expect(await scheduleOf(id)).toMatchObject({ state: "cancelled", failureCode: "FIRST_HALF" });
  }
  expect(await scheduleOf(free)).toMatchObject({ state: "waiting", failureCode: null });
});

test("an approved request whose number changes takes its schedule with it", async () => {
  const phoneNumberId = await aNumber();
  const people = { requestedById: await authorId(), decidedById: await authorId() };
  const { requestId, scheduleId } = await aScheduledRequest({ ...people, phoneNumberId });
  await turnOn(phoneNumberId);
  expect(await requestOf(requestId)).toMatchObject({ state: "void" });
  expect(await scheduleOf(scheduleId)).toMatchObject({ state: "failed", failureCode: "STALE" });
});

test("of thousands of numbers and schedules, each schedule is ended once", async () => {
  const SCHEDULES = 2_000;
  const ids = Array.from({ length: 20_000 }, (_, index) => String(index));
  const common = { display: "Turn on many", requestId: null, afterId: null, isBound: true };
  const toRow = (kind: "request" | "schedule", id: string, phoneNumberId: string) => ({
    ...common,
    ...{ kind, id, phoneNumberId, flagVersion: 0 },
  });
  const pending = new PendingSet([
    ...ids.map((phoneNumberId) => toRow("request", "carried-out", phoneNumberId)),
    ...ids.slice(0, SCHEDULES).map((id) => toRow("schedule", `schedule-${id}`, id)),
  ]);
  const moves = ids.map((phoneNumberId) => ({
    number: { phoneNumberId, label: "", displayPhoneNumber: "", flagVersion: 1 },
    how: "changed" as const,
  }));
  await inAuditedTransaction(await aPerson("support"), async (tx) => {
    const { drafts } = pending.end(tx, { moves, carriedOut: { requestId: "carried-out" } });
    expect(drafts).toHaveLength(SCHEDULES);
  });
});

test("the database refuses a number that leaves a request behind, whoever writes", async () => {
  const phoneNumberId = await aNumber();
  await aRequest(phoneNumberId);
  const accountId = await anAccount("Elsewhere");
  const moved = db().number.update({ where: { phoneNumberId }, data: { accountId } });
  await expect(moved).rejects.toThrow(/becomes void in the same transaction/);
});
