import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import type { PersonActor } from "../access/actor.ts";
import { appendEvents } from "../audit/append-events.ts";
import type { AuditAction } from "../audit/event.ts";
import { followTrail } from "../audit/follow/follow-trail.ts";
import { db } from "../db/client.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { setFlags } from "../flags/set-flags.ts";
import { importRoster } from "../roster/import-roster.ts";
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

async function aRequest(requestedById: string): Promise<string> {
  const expiresAt = new Date(Date.now() + 86_400_000);
  const { id } = await db().changeRequest.create({
    data: { requestedById, expiresAt, display: "1 number", reason: "The account asks for it" },
  });
  return id;
}

async function append(actor: PersonActor, action: string, id: string) {
  const target = { type: "request", id, display: "A request" } as const;
  const draft = { action: action as AuditAction, target, before: null, after: null };
  await inAuditedTransaction(actor, (tx) => appendEvents(tx, [draft]));
}

test("a request waits in the queue of a role until it has ended, then its requester is told", async () => {
  const [manager, support] = [await aPerson("account_manager"), await aPerson("support")];
  const id = await aRequest(manager.id);
  await append(manager, "request.opened", id);
  await append(manager, "request.edited", id);
  await follow();
  expect(await readOf(support)).toMatchObject([
    { kind: "request.opened", subject: id, count: 2, readAt: null },
  ]);
  expect(await readOf(manager)).toEqual([]);
  await append(support, "request.declined", id);
  await follow();
  expect(await readOf(support)).toMatchObject([{ readAt: expect.any(Date) }]);
  expect(await readOf(manager)).toMatchObject([
    { kind: "request.outcome", subject: id, readAt: null },
  ]);
});

test("somebody who was disabled is told nothing", async () => {
  const [manager, support] = [await aPerson("account_manager"), await aPerson("support")];
  await db().person.update({ where: { id: support.id }, data: { disabledAt: new Date() } });
  await append(manager, "request.opened", await aRequest(manager.id));
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
