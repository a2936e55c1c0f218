import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import {
  aNumber,
  anAccountOfTwo,
  aPerson,
  aSchedule,
  aSignedInPerson,
  aSystem,
} from "#testing/factories.ts";
import { anAccountManager, aRequest } from "#testing/requests.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import type { PersonActor } from "../access/actor.ts";
import { followTrail } from "../audit/follow/follow-trail.ts";
import { db } from "../db/client.ts";
import { forceFlags } from "../flags/force-flags.ts";
import { setFlag } from "../flags/set-flag.ts";
import { setFlags } from "../flags/set-flags.ts";
import { declineRequest } from "../requests/decline-request.ts";
import { editRequest } from "../requests/edit-request.ts";
import { importRoster } from "../roster/import-roster.ts";
import { listNotices } from "./list-notices.ts";
import { noticeFollower } from "./notice-follower.ts";
import { tellBrokenTrail } from "./tell-broken-trail.ts";

useTestDatabase();

beforeAll(() => followTrail(noticeFollower));

const follow = async () => {
  while (await followTrail(noticeFollower));
};
const readOf = ({ id }: PersonActor) =>
  db().notice.findMany({ where: { personId: id }, orderBy: { createdAt: "asc" } });

/** Numbers that are on, of one account. */
async function anAccountOn(numbers: number, managerId: string) {
  const entry = { ...anEntry(), accountExternalId: randomUUID() };
  const entries = Array.from({ length: numbers }, () => ({
    ...anEntry(),
    accountExternalId: entry.accountExternalId,
    accountName: entry.accountName,
  }));
  await importRoster(aSystem("roster:write"), toSource(entries));
  const ids = entries.map(({ phoneNumberId }) => phoneNumberId);
  const changes = ids.map((phoneNumberId) => ({ phoneNumberId, acceptsBsuid: true }));
  await setFlags(aSystem("flag:set"), { changes, reason: "A test begins with it on" });
  const account = await db().account.update({
    where: { externalId: entry.accountExternalId },
    data: { managerId },
  });
  return { entries, accountId: account.id };
}

test("a portfolio move is told to the account's manager, its stand-ins and all admins, as one", async () => {
  const [manager, standIn] = [await aPerson("account_manager"), await aPerson("support")];
  const [admin, uploader] = [await aPerson("admin"), await aPerson("admin")];
  const bystander = await aPerson("account_manager");
  const { entries, accountId } = await anAccountOn(3, manager.id);
  await db().accountStandIn.create({ data: { accountId, personId: standIn.id } });
  await follow();
  const moved = entries.map((entry) => ({ ...entry, portfolioId: "900000000000777" }));
  await importRoster(uploader, toSource(moved));
  // Several consoles: each entry is counted once.
  await Promise.all([follow(), follow(), follow()]);
  await follow();
  for (const person of [manager, standIn, admin]) {
    expect(await readOf(person)).toMatchObject([{ kind: "flag.required", count: 3, readAt: null }]);
  }
  for (const person of [uploader, bystander]) expect(await readOf(person)).toEqual([]);
});

test("a batch that somebody makes phone-only is told to nobody", async () => {
  const admin = await aPerson("admin");
  const changes = [
    { phoneNumberId: await aNumber({ accepts: true }), acceptsBsuid: false },
    { phoneNumberId: await aNumber({ accepts: true }), acceptsBsuid: false },
  ];
  await setFlags(await aPerson("support"), { changes, reason: "Asked for by the account" });
  await follow();
  expect(await readOf(admin)).toEqual([]);
});

test("a request waits in the queue of a role until it has ended, then its requester is told", async () => {
  const { manager, phoneNumberId } = await anAccountManager();
  const [support, admin] = [await aPerson("support"), await aPerson("admin")];
  const { id } = await aRequest({ by: manager, numbers: [phoneNumberId] });
  const edit = { requestId: id, version: 1, reason: "In better words", ticketUrl: null };
  await editRequest(manager, edit);
  await follow();
  for (const person of [support, admin]) {
    expect(await readOf(person)).toMatchObject([
      { kind: "request.opened", subject: id, count: 2, readAt: null },
    ]);
  }
  expect(await readOf(manager)).toEqual([]);
  await declineRequest(support, { requestId: id, reason: "Their CRM is not ready" });
  await follow();
  expect(await readOf(admin)).toMatchObject([{ readAt: expect.any(Date) }]);
  const notices = await readOf(manager);
  expect(notices).toMatchObject([{ kind: "request.outcome", subject: id, readAt: null }]);
  expect((await listNotices(manager, {})).facts.requests.get(id)).toEqual({
    ...{ state: "declined", numbers: 1, isLifting: false },
    ...{ requester: manager.name, decider: support.name },
  });
});

test("whoever flips a number voids a request for it, and its requester is told", async () => {
  const { manager, phoneNumberId } = await anAccountManager();
  await aRequest({ by: manager, numbers: [phoneNumberId] });
  const flip = { phoneNumberId, acceptsBsuid: true, reason: "The account asked support" };
  await setFlag(await aPerson("support"), flip);
  await follow();
  expect(await readOf(manager)).toMatchObject([{ kind: "request.outcome", readAt: null }]);
});

test("the author of a schedule is told that it failed, though they flipped the number themselves", async () => {
  const support = await aPerson("support");
  const phoneNumberId = await aNumber();
  const scheduleId = await aSchedule({ authorId: support.id, phoneNumberId });
  const flip = { phoneNumberId, acceptsBsuid: true, reason: "It cannot wait until then" };
  await setFlag(support, flip);
  await follow();
  expect(await readOf(support)).toMatchObject([{ kind: "schedule.failed", subject: scheduleId }]);
});

test("break-glass is told to every other admin", async () => {
  const [forcing, admin] = [await aSignedInPerson("admin"), await aPerson("admin")];
  const phoneNumberId = await aNumber({ accountId: await anAccountOfTwo() });
  const changes = [{ phoneNumberId, acceptsBsuid: true }];
  const reasons = { reason: "Their support line is down", forceReason: "Nobody else is awake" };
  const { batchId } = await forceFlags(forcing, { changes, ...reasons });
  await follow();
  expect(await readOf(forcing)).toEqual([]);
  expect(await readOf(admin)).toMatchObject([{ kind: "flag.forced", subject: batchId }]);
  const { facts } = await listNotices(admin, {});
  expect(facts.forced.get(batchId ?? "")).toEqual({ by: forcing.name, isReviewed: false });
});

test("somebody who was disabled is told nothing", async () => {
  const { manager, phoneNumberId } = await anAccountManager();
  const support = await aPerson("support");
  await db().person.update({ where: { id: support.id }, data: { disabledAt: new Date() } });
  await aRequest({ by: manager, numbers: [phoneNumberId] });
  await follow();
  expect(await readOf(support)).toEqual([]);
});

async function aVerification(isWhole: boolean) {
  await db().auditVerification.create({
    data: { isFull: true, isWhole, throughSeq: 7n, tookMs: 1, problem: isWhole ? null : "Changed" },
  });
}

test("all admins are told of a broken trail, once a verification", async () => {
  const [admin, auditor] = [await aPerson("admin"), await aPerson("auditor")];
  await aVerification(true);
  await tellBrokenTrail();
  expect(await readOf(admin)).toEqual([]);
  await aVerification(false);
  await Promise.all([tellBrokenTrail(), tellBrokenTrail()]);
  const [first] = await readOf(admin);
  expect(first).toMatchObject({ kind: "audit.broken", count: 1, data: { seq: 7 } });
  expect(await readOf(auditor)).toEqual([]);
  await db().notice.updateMany({ where: { personId: admin.id }, data: { readAt: new Date() } });
  await tellBrokenTrail();
  expect(await readOf(admin)).toMatchObject([{ count: 1, readAt: expect.any(Date) }]);
  await aVerification(false);
  await tellBrokenTrail();
  expect(await readOf(admin)).toMatchObject([{ count: 2, readAt: null }]);
});
