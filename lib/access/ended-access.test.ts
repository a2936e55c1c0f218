import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aBatch } from "#testing/batches.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import {
  aNumber,
  anAccount,
  anAccountOfTwo,
  anEndpoint,
  anOrigin,
  aPerson,
  aSchedule,
  aSignedInPerson,
  aToken,
} from "#testing/factories.ts";
import { findImports, findVerbs, loadVerb } from "#testing/find-verbs.ts";
import { aSilentRuntime } from "#testing/http/report.ts";
import { aRequest, aRequestOf } from "#testing/requests.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import { db } from "../db/client.ts";
import { requestErasure } from "../people/request-erasure.ts";
import type { Actor, PersonActor } from "./actor.ts";
import { SCOPES, type Scope } from "./permissions.ts";

useTestDatabase();

const REASON = "The table of ended access asks";
const past = () => new Date(Date.now() - 1);
const later = () => new Date(Date.now() + 3_600_000);
const somebody = async () => ({ personId: (await aPerson("support")).id, reason: REASON });

async function aSession(personId: string): Promise<string> {
  const data = { personId, sessionVersion: 0, method: "openid", expiresAt: later() };
  return (await db().session.create({ data })).id;
}

/** Refused before anything is sent. */
const WEBHOOK_URL = "https://localhost/";
const endpoint = async () => ({ endpointId: (await anEndpoint({ url: WEBHOOK_URL })).id });

const silentRuntime = async () => ({ instanceId: await aSilentRuntime(), reason: REASON });

/** What each verb that writes is asked with: things that exist, so that it would be done. */
const WRITERS: Readonly<
  Record<string, ((actor: Actor) => unknown) | { scope: Scope; ask: () => unknown }>
> = {
  importRoster: { scope: "roster:write", ask: () => toSource([anEntry()]) },
  exportTrail: { scope: "audit:read", ask: () => ({}) },
  retireNumber: async () => ({ phoneNumberId: await aNumber(), reason: REASON }),
  setFlag: async () => ({ phoneNumberId: await aNumber(), acceptsBsuid: true, reason: REASON }),
  setFlags: async () => ({
    changes: [{ phoneNumberId: await aNumber(), acceptsBsuid: true }],
    reason: REASON,
  }),
  createRequest: async () => ({
    changes: [{ phoneNumberId: await aNumber(), acceptsBsuid: true }],
    reason: REASON,
  }),
  editRequest: async () => ({
    requestId: (await aRequest()).id,
    version: 1,
    reason: REASON,
    ticketUrl: null,
  }),
  withdrawRequest: async ({ id }) => ({ requestId: await aRequestOf(id) }),
  declineRequest: async () => ({ requestId: (await aRequest()).id, reason: REASON }),
  approveRequest: async () => ({ requestId: (await aRequest()).id, version: 1 }),
  forceFlags: async () => ({
    changes: [
      { phoneNumberId: await aNumber({ accountId: await anAccountOfTwo() }), acceptsBsuid: true },
    ],
    reason: REASON,
    forceReason: REASON,
  }),
  createSchedule: async () => ({
    changes: [{ phoneNumberId: await aNumber(), acceptsBsuid: true }],
    localTime: `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T09:00`,
    zone: "UTC",
    reason: REASON,
  }),
  moveSchedule: async () => ({
    scheduleId: await aSchedule({
      authorId: (await somebody()).personId,
      phoneNumberId: await aNumber(),
    }),
    localTime: `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T09:00`,
  }),
  cancelSchedule: async () => ({
    scheduleId: await aSchedule({
      authorId: (await somebody()).personId,
      phoneNumberId: await aNumber(),
    }),
  }),
  cancelWaitingSchedules: async () => {
    const { personId, reason } = await somebody();
    await aSchedule({ authorId: personId, phoneNumberId: await aNumber() });
    return { by: { personId }, reason };
  },
  setAccountPeople: async () => ({
    accountIds: [await anAccount()],
    standIns: [(await aPerson("account_manager")).email],
    reason: REASON,
  }),
  setAccountZone: async () => ({
    accountId: await anAccount(),
    zone: "America/Sao_Paulo",
    reason: REASON,
  }),
  setTwoPeople: async () => ({
    accountId: await anAccount(),
    needsTwoPeople: true,
    reason: REASON,
  }),
  undoBatch: async () => ({ batchId: await aBatch([await aNumber()]), reason: REASON }),
  confirmSelection: async ({ id: madeById }) => {
    const phoneNumberId = await aNumber();
    const where = await db().number.findUniqueOrThrow({
      where: { phoneNumberId },
      select: { accountId: true, portfolioId: true, wabaId: true },
    });
    const items = { create: { phoneNumberId, place: 1, flagVersion: 0, ...where } };
    const { id: selectionId } = await db().selection.create({
      data: { madeById, acceptsBsuid: true, items },
    });
    return { selectionId, reason: REASON, expected: { changes: 1, requests: 0 } };
  },
  undoPerson: async () => {
    const by = await aPerson("support");
    await aBatch([await aNumber()], by);
    const since = new Date(Date.now() - 60_000).toISOString();
    return { personId: by.id, since, reason: REASON, expected: { changes: 1, requests: 0 } };
  },
  reviewForcedChange: async () => {
    const forcedById = (await somebody()).personId;
    const data = { display: "A change", forcedById, reason: REASON, forcedAt: past() };
    const { batchId } = await db().forcedChange.create({
      data: { ...data, batchId: randomUUID() },
    });
    return { batchId, review: REASON };
  },
  createPerson: () => ({ email: `${randomUUID()}@staff.test`, name: "New", role: "admin" }),
  createToken: () => ({ kind: "service", name: "New", scopes: ["flags:read"], expiresAt: later() }),
  endSession: async () => ({
    sessionId: await aSession((await somebody()).personId),
    reason: REASON,
  }),
  forgetIdentity: async () => {
    const { id: personId } = await db().person.update({
      where: { id: (await somebody()).personId },
      data: { openIdIssuer: "https://id.example", openIdSubject: randomUUID() },
    });
    return { personId, reason: REASON };
  },
  requestErasure: async () => {
    const asked = await somebody();
    const { email: expectedEmail } = await db().person.update({
      where: { id: asked.personId },
      data: { disabledAt: past() },
    });
    return { ...asked, expectedEmail };
  },
  withdrawErasure: async () => {
    const asked = await somebody();
    const { email: expectedEmail } = await db().person.update({
      where: { id: asked.personId },
      data: { disabledAt: past() },
    });
    await requestErasure(await aPerson("admin"), { ...asked, expectedEmail });
    return asked;
  },
  endWaitingWork: async () => {
    const by = await aPerson("support");
    await aRequest({ by });
    return { personId: by.id, reason: REASON };
  },
  renamePerson: async () => {
    const asked = await somebody();
    return { ...asked, name: "Renamed", email: `${randomUUID()}@staff.test` };
  },
  resetPassword: somebody,
  revokeToken: async () => ({
    tokenId: (await aToken({ scopes: ["flags:read"] })).id,
    reason: REASON,
  }),
  rotateToken: async () => ({
    tokenId: (await aToken({ scopes: ["flags:read"] })).id,
    expiresAt: later(),
    overlapMs: 0,
  }),
  setPersonDisabled: async () => ({ ...(await somebody()), isDisabled: true }),
  setPersonRole: async () => ({ ...(await somebody()), role: "admin" }),
  dismissRuntime: silentRuntime,
  releaseName: silentRuntime,
  signOutEverywhere: somebody,
  startSession: () => ({ method: "password", previousSessionId: null }),
  createEndpoint: () => ({ url: WEBHOOK_URL, events: ["flag.changed"] }),
  updateEndpoint: async () => ({
    ...(await endpoint()),
    url: WEBHOOK_URL,
    events: ["flag.batch"],
    isOn: true,
  }),
  deleteEndpoint: endpoint,
  rotateSecret: endpoint,
  sendTest: endpoint,
  replayDelivery: async () => {
    const { endpointId } = await endpoint();
    const data = { endpointId, type: "flag.batch", data: {}, state: "failed" };
    const times = { nextTryAt: past(), happenedAt: past() };
    const { id } = await db().webhookDelivery.create({ data: { ...data, ...times } });
    return { endpointId, deliveryId: id };
  },
};

/** They take a person in a browser: a token is refused whether or not it has ended. */
const BY_BROWSER = ["approveRequest", "forceFlags", "reviewForcedChange"];

/** They write for verbs, which are in the table; or ask for more than an admin: change-password.test.ts, choose-password.test.ts. */
const PARTS = [
  "inAuditedTransaction",
  "inPreparedTransaction",
  "changePerson",
  "recordFailure",
  "changePassword",
  "choosePassword",
  // They record a refusal only, beside a verb that is in the table.
  "findSignInMethod",
  "requireFreshSignIn",
  "requireOwnPassword",
];

/** The console or the owner of the database does these, who have no access that could end: every-verb.test.ts. */
const OF_THE_CONSOLE = [
  "acknowledgeRestore",
  "archiveTrail",
  "createOpenIdPerson",
  "erasePeople",
  "expireRequests",
  "runDueSchedules",
  "deliverDue",
  "switchOffEndpoint",
];

/** An admin who was let in a moment ago, and what ended that since. */
const ENDED: Readonly<Record<string, (admin: PersonActor) => Promise<Actor>>> = {
  "who was disabled": (admin) => change(admin, { disabledAt: past() }),
  "who has another role now": (admin) => change(admin, { role: "account_manager" }),
  "who was signed out everywhere": (admin) => change(admin, { sessionVersion: 7 }),
  "whose session was ended": async (admin) => {
    const sessionId = await aSession(admin.id);
    await db().session.update({ where: { id: sessionId }, data: { endedAt: past() } });
    return { ...admin, sessionId };
  },
  "whose personal token was revoked": async (admin) => {
    return { ...admin, tokenId: await anEndedToken({ personId: admin.id }, { revokedAt: past() }) };
  },
  "whose personal token expired": async (admin) => {
    return { ...admin, tokenId: await anEndedToken({ personId: admin.id }, { expiresAt: past() }) };
  },
};

async function change(
  admin: PersonActor,
  data: { disabledAt: Date } | { role: "account_manager" } | { sessionVersion: number },
): Promise<Actor> {
  await db().person.update({ where: { id: admin.id }, data });
  return admin;
}

type TokenEnd = { revokedAt: Date } | { expiresAt: Date };

async function anEndedToken(of: Parameters<typeof aToken>[0], end: TokenEnd): Promise<string> {
  const { id } = await aToken(of);
  await db().token.update({ where: { id }, data: end });
  return id;
}

async function anEndedService(scope: Scope, end: TokenEnd): Promise<Actor> {
  const id = await anEndedToken({ scopes: [scope] }, end);
  return { type: "service", id, name: "Ended", scopes: SCOPES, origin: anOrigin() };
}

const verbs = await findVerbs();

async function call(name: string, actor: Actor): Promise<unknown> {
  const writer = WRITERS[name];
  const ask = typeof writer === "function" ? writer : writer?.ask;
  const input = await ask?.(actor);
  const verb = await loadVerb(verbs, name);
  const seq = await readSeq();
  try {
    return await verb(actor, input);
  } finally {
    hasWritten = (await readSeq()) !== seq;
  }
}

let hasWritten = false;

async function readSeq(): Promise<bigint> {
  return (await db().ledger.findUniqueOrThrow({ where: { id: 1 } })).seq;
}

test("every verb that reaches the ledger is in the table", async () => {
  const writers: string[] = [];
  for (const [name, file] of verbs) {
    // A refusal is written, too: what authorize() reaches makes no verb one that writes.
    const imports = await findImports(file, { except: "/access/authorize.ts" });
    if ([...imports].some((one) => one.endsWith("/db/ledger.ts"))) writers.push(name);
  }
  expect(writers.sort()).toEqual([...Object.keys(WRITERS), ...PARTS, ...OF_THE_CONSOLE].sort());
});

for (const [name, writer] of Object.entries(WRITERS)) {
  test.each(Object.entries(ENDED))(`${name} does nothing for somebody %s`, async (_, end) => {
    const actor = await end(await aSignedInPerson("admin"));
    const isRefused = BY_BROWSER.includes(name) && actor.type === "person" && actor.tokenId;
    const code = isRefused ? "FORBIDDEN" : "UNAUTHENTICATED";
    await expect(call(name, actor)).rejects.toMatchObject({ code });
    expect(hasWritten).toBe(false);
  });

  test(`${name} is done for an admin whose access stands`, async () => {
    await call(name, await aSignedInPerson("admin"));
    expect(hasWritten).toBe(true);
  });

  if (typeof writer === "function") continue;
  test.each([
    ["revoked", { revokedAt: past() }],
    ["expired", { expiresAt: past() }],
  ])(`${name} does nothing for a service token that was %s`, async (_, end) => {
    const actor = await anEndedService(writer.scope, end);
    await expect(call(name, actor)).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    expect(hasWritten).toBe(false);
  });
}
