import { randomUUID } from "node:crypto";
import type { PersonActor } from "#lib/access/actor.ts";
import type { Permission } from "#lib/access/permissions.ts";
import { getAccount } from "#lib/accounts/get-account.ts";
import { setAccountPeople } from "#lib/accounts/set-account-people.ts";
import { undoBatch } from "#lib/batches/undo-batch.ts";
import { undoPerson } from "#lib/batches/undo-person.ts";
import { db } from "#lib/db/client.ts";
import type { Role } from "#lib/db/generated/enums.ts";
import { forceFlags } from "#lib/flags/force-flags.ts";
import { retireNumber } from "#lib/flags/retire-number.ts";
import { reviewForcedChange } from "#lib/flags/review-forced-change.ts";
import { approveRequest } from "#lib/requests/approve-request.ts";
import { createRequest } from "#lib/requests/create-request.ts";
import { declineRequest } from "#lib/requests/decline-request.ts";
import { setTwoPeople } from "#lib/requests/set-two-people.ts";
import { cancelSchedule } from "#lib/schedules/cancel-schedule.ts";
import { createSchedule } from "#lib/schedules/create-schedule.ts";
import { createEndpoint } from "#lib/webhooks/create-endpoint.ts";
import { aBatch } from "./batches.ts";
import { aNumber, anAccount, anAccountOfTwo, aPerson, aSchedule } from "./factories.ts";
import { aRequest, aRequestOf } from "./requests.ts";

/** Whose thing an act is about: the actor's own, or another person's. */
export type Whose = "own" | "others";
/** What a role may do it to. */
type Cell = "any" | Whose | "none";

/** An act that is ready to be done once: by its verb, and by the API where that has it. */
type Attempt = {
  act: (by: PersonActor) => Promise<unknown>;
  call?: string;
  body?: object;
};

type DeskRow = {
  permission: Permission;
  cells: Record<Role, Cell>;
  /** Whether it takes somebody signed in, so that a token is refused. */
  isForBrowsers?: true;
  prepare: (actor: PersonActor, whose: Whose) => Promise<Attempt>;
};

const reason = "The table of the desk asks";
const NOBODY = {
  account_manager: "none",
  support: "none",
  admin: "none",
  auditor: "none",
} as const;
const DECIDERS = { ...NOBODY, support: "any", admin: "any" } as const;
const ADMINS = { ...NOBODY, admin: "any" } as const;
const EVERYBODY = { account_manager: "any", support: "any", admin: "any", auditor: "any" } as const;

/** Who may do what at the desk, a line a permission, written out: it says what the code has to keep to. */
export const DESK_PERMISSIONS: readonly DeskRow[] = [
  { permission: "desk:read", cells: EVERYBODY, prepare: toRead },
  {
    permission: "request:create",
    cells: { ...DECIDERS, account_manager: "own" },
    prepare: toAsk,
  },
  {
    permission: "request:decide",
    cells: { ...NOBODY, support: "others", admin: "others" },
    prepare: toDecline,
  },
  {
    permission: "request:decide",
    cells: { ...NOBODY, support: "others", admin: "others" },
    isForBrowsers: true,
    prepare: toApprove,
  },
  { permission: "schedule:create", cells: DECIDERS, prepare: toSchedule },
  { permission: "schedule:cancel", cells: { ...ADMINS, support: "own" }, prepare: toCancel },
  { permission: "batch:undo", cells: DECIDERS, prepare: toUndo },
  { permission: "number:retire", cells: DECIDERS, prepare: toRetire },
  { permission: "flag:force", cells: ADMINS, isForBrowsers: true, prepare: toForce },
  {
    permission: "flag:force-review",
    cells: { ...NOBODY, admin: "others" },
    isForBrowsers: true,
    prepare: toReview,
  },
  { permission: "account:manage", cells: ADMINS, prepare: toManage },
  { permission: "account:two-people", cells: ADMINS, prepare: toRequireTwo },
  { permission: "webhook:manage", cells: ADMINS, prepare: toAddEndpoint },
  { permission: "person:undo", cells: ADMINS, prepare: toUndoPerson },
];

async function toRead(): Promise<Attempt> {
  const accountId = await anAccount();
  return {
    act: (by) => getAccount(by, accountId),
    call: `GET /api/v1/accounts/${accountId}`,
  };
}

async function toAsk(actor: PersonActor, whose: Whose): Promise<Attempt> {
  const accountId = await anAccount();
  const data = { managerId: whose === "own" ? actor.id : (await aPerson("account_manager")).id };
  await db().account.update({ where: { id: accountId }, data });
  const changes = [{ phoneNumberId: await aNumber({ accountId }), acceptsBsuid: true }];
  const body = { changes, reason };
  return { act: (by) => createRequest(by, body), call: "POST /api/v1/requests", body };
}

async function toRequestId(actor: PersonActor, whose: Whose): Promise<string> {
  return whose === "own" ? await aRequestOf(actor.id) : (await aRequest()).id;
}

async function toDecline(actor: PersonActor, whose: Whose): Promise<Attempt> {
  const requestId = await toRequestId(actor, whose);
  return {
    act: (by) => declineRequest(by, { requestId, reason }),
    call: `POST /api/v1/requests/${requestId}/decline`,
    body: { reason },
  };
}

async function toApprove(actor: PersonActor, whose: Whose): Promise<Attempt> {
  const requestId = await toRequestId(actor, whose);
  return { act: (by) => approveRequest(by, { requestId, version: 1 }) };
}

async function toSchedule(): Promise<Attempt> {
  const changes = [{ phoneNumberId: await aNumber(), acceptsBsuid: true }];
  const localTime = `${new Date().getUTCFullYear() + 1}-03-01T09:00`;
  const body = { changes, localTime, zone: "UTC", reason };
  return { act: (by) => createSchedule(by, body), call: "POST /api/v1/schedules", body };
}

async function toCancel(actor: PersonActor, whose: Whose): Promise<Attempt> {
  const { id: authorId } = whose === "own" ? actor : await aPerson("support");
  const scheduleId = await aSchedule({ authorId, phoneNumberId: await aNumber() });
  return {
    act: (by) => cancelSchedule(by, { scheduleId }),
    call: `POST /api/v1/schedules/${scheduleId}/cancel`,
  };
}

async function toUndo(): Promise<Attempt> {
  const batchId = await aBatch([await aNumber()]);
  return {
    act: (by) => undoBatch(by, { batchId, reason }),
    call: `POST /api/v1/batches/${batchId}/undo`,
    body: { reason },
  };
}

async function toRetire(): Promise<Attempt> {
  const phoneNumberId = await aNumber();
  return {
    act: (by) => retireNumber(by, { phoneNumberId, reason }),
    call: `PUT /api/v1/numbers/${phoneNumberId}/retired`,
    body: { reason },
  };
}

async function toForce(): Promise<Attempt> {
  const phoneNumberId = await aNumber({ accountId: await anAccountOfTwo() });
  const changes = [{ phoneNumberId, acceptsBsuid: true }];
  return { act: (by) => forceFlags(by, { changes, reason, forceReason: reason }) };
}

async function toReview(actor: PersonActor, whose: Whose): Promise<Attempt> {
  const batchId = randomUUID();
  const { id: forcedById } = whose === "own" ? actor : await aPerson("admin");
  const forcedAt = new Date();
  const data = { batchId, display: "Turn on one", forcedById, reason, forcedAt };
  await db().forcedChange.create({ data });
  return { act: (by) => reviewForcedChange(by, { batchId, review: reason }) };
}

async function toManage(): Promise<Attempt> {
  const accountId = await anAccount();
  const { email } = await aPerson("account_manager");
  const body = { email, standIns: [], reason };
  return {
    act: (by) => setAccountPeople(by, { accountIds: [accountId], ...body }),
    call: `PUT /api/v1/accounts/${accountId}/manager`,
    body,
  };
}

async function toRequireTwo(): Promise<Attempt> {
  const accountId = await anAccount();
  const body = { needsTwoPeople: true, reason };
  return {
    act: (by) => setTwoPeople(by, { accountId, ...body }),
    call: `PUT /api/v1/accounts/${accountId}/two-people`,
    body,
  };
}

async function toAddEndpoint(): Promise<Attempt> {
  const body = { url: "https://hooks.example.com/bsuid", events: ["flag.changed" as const] };
  return {
    act: (by) => createEndpoint(by, body),
    call: "POST /api/v1/webhook-endpoints",
    body,
  };
}

async function toUndoPerson(): Promise<Attempt> {
  const person = await aPerson("support");
  const since = new Date(Date.now() - 60_000).toISOString();
  await aBatch([await aNumber()], person);
  const expected = { changes: 1, requests: 0 };
  const input = { personId: person.id, since, reason, expected };
  return { act: (by) => undoPerson(by, input) };
}
