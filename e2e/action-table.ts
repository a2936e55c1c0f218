import { randomUUID } from "node:crypto";
import { ROLES } from "#lib/access/roles.ts";
import { db } from "#lib/db/client.ts";
import type { Role } from "#lib/db/generated/enums.ts";
import { requestErasure } from "#lib/people/request-erasure.ts";
import { aBatch } from "#testing/batches.ts";
import { aPerson, aSchedule, aToken } from "#testing/factories.ts";
import { aSilentRuntime } from "#testing/http/report.ts";
import { aForcedChange, aRequest } from "#testing/requests.ts";
import { requireTwoPeople } from "#testing/two-people.ts";
import { aColleague, aNumber } from "./fixtures.ts";

const REASON = "The table of access asks";

/** An action's input, and a function that reads what it would change. */
type Attempt = { input: object; read: () => Promise<unknown> };

/** An action, and the roles that may use it. */
export type ActionRow = {
  action: string;
  /** The kind of target, where that makes a difference. */
  of?: string;
  page: string;
  allowed: readonly Role[];
  /** Whether its right depends on what it is about, so that its input is read first. */
  isReadFirst?: true;
  /** @param personId who will attempt it */
  prepare: (personId: string) => Promise<Attempt>;
};

async function onPerson(input: object = {}): Promise<Attempt> {
  const { id } = await aColleague("support");
  return {
    input: { personId: id, ...input, reason: REASON },
    read: async () => await db().person.findUniqueOrThrow({ where: { id } }),
  };
}

async function onAccount() {
  const { accountId } = await aNumber();
  const where = { where: { id: accountId } };
  return { accountId, read: async () => await db().account.findUniqueOrThrow(where) };
}

async function onToken(of: Parameters<typeof aToken>[0], input: object): Promise<Attempt> {
  const { id } = await aToken(of);
  return {
    input: { tokenId: id, ...input },
    read: async () => await db().token.findUniqueOrThrow({ where: { id } }),
  };
}

async function onNewToken(input: object): Promise<Attempt> {
  const name = `Of the table ${randomUUID()}`;
  return {
    input: { ...input, name, lifeDays: 1 },
    read: async () => await db().token.findFirst({ where: { name } }),
  };
}

async function onSilentRuntime(): Promise<Attempt> {
  const instanceId = await aSilentRuntime();
  return {
    input: { instanceId, reason: REASON },
    read: async () => await db().runtimeInstance.findUniqueOrThrow({ where: { instanceId } }),
  };
}

async function onRequest(input: object = {}): Promise<Attempt> {
  const { id } = await aRequest();
  return {
    input: { requestId: id, ...input },
    read: async () => await db().changeRequest.findUniqueOrThrow({ where: { id } }),
  };
}

/** A schedule of a colleague: of the roles that change schedules only admins may change it. */
async function onSchedule(input: object = {}): Promise<Attempt> {
  const { phoneNumberId } = await aNumber();
  const id = await aSchedule({ authorId: (await aColleague("support")).id, phoneNumberId });
  return {
    input: { scheduleId: id, ...input, reason: REASON },
    read: async () => await db().schedule.findUniqueOrThrow({ where: { id } }),
  };
}

/** What a clock in UTC shows in two hours. */
const inTwoHours = () => new Date(Date.now() + 7_200_000).toISOString().slice(0, 19);
/** An endpoint without a secret, so that nothing is sent to it, with a webhook that can be replayed. */
async function onEndpoint(input: object = {}): Promise<Attempt> {
  const { id } = await db().webhookEndpoint.create({
    data: { url: WEBHOOK.url, events: WEBHOOK.events },
  });
  return {
    input: { endpointId: id, ...input },
    read: async () => {
      const include = { secrets: true, deliveries: true };
      return await db().webhookEndpoint.findUnique({ where: { id }, include });
    },
  };
}

async function onDelivery(): Promise<Attempt> {
  const { input, read } = await onEndpoint();
  const { endpointId } = input as { endpointId: string };
  const now = new Date();
  const data = { endpointId, type: "flag.changed", data: {}, state: "failed" };
  const { id: deliveryId } = await db().webhookDelivery.create({
    data: { ...data, happenedAt: now, nextTryAt: now },
  });
  return { input: { endpointId, deliveryId }, read };
}

/** Of an event that no other test makes, so that nothing else is sent to it meanwhile. */
const WEBHOOK = { url: "https://of-the-table.invalid/", events: ["audit.broken"] };

const SERVICE = { scopes: ["flags:read" as const] };
const LIFE = { lifeDays: 1, overlapHours: 0 };
const ofColleague = async () => ({ personId: (await aColleague("support")).id });

/** Every server action. Roles that are not named are refused. */
export const ACTIONS: readonly ActionRow[] = [
  {
    action: "setFlagAction",
    page: "/numbers",
    allowed: ["support", "admin"],
    prepare: async () => {
      const { phoneNumberId } = await aNumber();
      const read = async () => await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
      const expectedVersion = (await read()).flagVersion;
      const flag = { phoneNumberId, acceptsBsuid: true, expectedVersion };
      return { input: { ...flag, reason: REASON, ticketUrl: null }, read };
    },
  },
  {
    action: "forceFlagAction",
    page: "/numbers",
    allowed: ["admin"],
    prepare: async () => {
      const { phoneNumberId, accountId } = await aNumber();
      await requireTwoPeople(accountId);
      const read = async () => await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
      const reasons = { reason: REASON, forceReason: REASON };
      return { input: { phoneNumberId, acceptsBsuid: true, ...reasons }, read };
    },
  },
  {
    action: "retireNumberAction",
    page: "/numbers",
    allowed: ["support", "admin"],
    prepare: async () => {
      const { phoneNumberId } = await aNumber();
      const read = async () => await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
      return { input: { phoneNumberId, reason: REASON }, read };
    },
  },
  {
    action: "setAccountPeopleAction",
    page: "/accounts",
    allowed: ["admin"],
    prepare: async () => {
      const { email } = await aColleague("account_manager");
      const { accountId, read } = await onAccount();
      return { input: { accountIds: [accountId], email, reason: REASON }, read };
    },
  },
  {
    action: "setAccountZoneAction",
    page: "/accounts",
    allowed: ["admin"],
    prepare: async () => {
      const { accountId, read } = await onAccount();
      return { input: { accountId, zone: "America/Recife", reason: REASON }, read };
    },
  },
  {
    action: "setTwoPeopleAction",
    page: "/accounts",
    allowed: ["admin"],
    prepare: async () => {
      const { accountId, read } = await onAccount();
      return { input: { accountId, needsTwoPeople: true, reason: REASON }, read };
    },
  },
  {
    action: "confirmSelectionAction",
    page: "/numbers",
    allowed: ["support", "admin"],
    prepare: async (personId) => {
      const { phoneNumberId } = await aNumber();
      const where = await db().number.findUniqueOrThrow({
        where: { phoneNumberId },
        select: { accountId: true, portfolioId: true, wabaId: true },
      });
      const data = {
        madeById: personId,
        acceptsBsuid: true,
        items: { create: { phoneNumberId, place: 1, flagVersion: 0, ...where } },
      };
      const { id: selectionId } = await db().selection.create({ data });
      const read = async () => await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
      const expected = { changes: 1, requests: 0 };
      return { input: { selectionId, expected, reason: REASON, ticketUrl: null }, read };
    },
  },
  {
    action: "undoBatchAction",
    page: "/numbers",
    allowed: ["support", "admin"],
    prepare: async () => {
      const { phoneNumberId } = await aNumber();
      const batchId = await aBatch([phoneNumberId]);
      const read = async () => await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
      return { input: { batchId, reason: REASON, ticketUrl: null }, read };
    },
  },
  {
    action: "undoPersonAction",
    page: "/people",
    allowed: ["admin"],
    prepare: async () => {
      const { phoneNumberId } = await aNumber();
      const by = await aPerson("support");
      await aBatch([phoneNumberId], by);
      const read = async () => await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
      const since = new Date(Date.now() - 60_000).toISOString();
      const expected = { changes: 1, requests: 0 };
      return { input: { personId: by.id, since, expected, reason: REASON, ticketUrl: null }, read };
    },
  },
  {
    action: "invitePersonAction",
    page: "/people",
    allowed: ["admin"],
    prepare: async () => {
      const email = `${randomUUID()}@staff.test`;
      const read = async () => await db().person.findUnique({ where: { email } });
      return { input: { name: "Of the table", email, role: "admin" }, read };
    },
  },
  {
    action: "setRoleAction",
    page: "/people",
    allowed: ["admin"],
    prepare: () => onPerson({ role: "admin", expectedRole: "support" }),
  },
  {
    action: "setDisabledAction",
    page: "/people",
    allowed: ["admin"],
    prepare: () => onPerson({ isDisabled: true }),
  },
  {
    action: "renameAction",
    page: "/people",
    allowed: ["admin"],
    prepare: () => onPerson({ name: "Of the table", email: `${randomUUID()}@staff.test` }),
  },
  {
    action: "requestErasureAction",
    page: "/people",
    allowed: ["admin"],
    prepare: async () => {
      const { input, read } = await onPerson();
      const { personId: id } = input as { personId: string };
      const data = { disabledAt: new Date() };
      const { email: expectedEmail } = await db().person.update({ where: { id }, data });
      return { input: { ...input, expectedEmail }, read };
    },
  },
  {
    action: "withdrawErasureAction",
    page: "/people",
    allowed: ["admin"],
    prepare: async () => {
      const { input, read } = await onPerson();
      const { personId: id } = input as { personId: string };
      const data = { disabledAt: new Date() };
      const { email: expectedEmail } = await db().person.update({ where: { id }, data });
      await requestErasure(await aPerson("admin"), { personId: id, expectedEmail, reason: REASON });
      return { input, read };
    },
  },
  { action: "resetPasswordAction", page: "/people", allowed: ["admin"], prepare: () => onPerson() },
  {
    action: "forgetIdentityAction",
    page: "/people",
    allowed: ["admin"],
    prepare: async () => {
      const { input, read } = await onPerson();
      const identity = { openIdIssuer: "https://id.example", openIdSubject: randomUUID() };
      const { personId: id } = input as { personId: string };
      await db().person.update({ where: { id }, data: identity });
      return { input, read };
    },
  },
  {
    action: "signOutEverywhereAction",
    isReadFirst: true,
    page: "/people",
    allowed: ["admin"],
    prepare: () => onPerson(),
  },
  {
    action: "endWaitingWorkAction",
    isReadFirst: true,
    of: "somebody else",
    page: "/people",
    allowed: ["admin"],
    prepare: async () => {
      const by = await aPerson("support");
      const { id } = await aRequest({ by });
      const read = async () => await db().changeRequest.findUniqueOrThrow({ where: { id } });
      return { input: { personId: by.id, reason: REASON }, read };
    },
  },
  {
    action: "endSessionAction",
    isReadFirst: true,
    page: "/people",
    allowed: ["admin"],
    prepare: async () => {
      const { personId } = await ofColleague();
      const expiresAt = new Date(Date.now() + 3_600_000);
      const data = { personId, sessionVersion: 0, method: "password", expiresAt };
      const { id } = await db().session.create({ data });
      const read = async () => await db().session.findUniqueOrThrow({ where: { id } });
      return { input: { sessionId: id, reason: REASON }, read };
    },
  },
  {
    action: "createTokenAction",
    of: "a program",
    page: "/tokens",
    allowed: ["admin"],
    prepare: () => onNewToken({ kind: "service", scopes: ["flags:read"] }),
  },
  {
    action: "createTokenAction",
    of: "oneself",
    page: "/tokens",
    allowed: ROLES,
    prepare: () => onNewToken({ kind: "personal" }),
  },
  {
    action: "revokeTokenAction",
    isReadFirst: true,
    of: "a program",
    page: "/tokens",
    allowed: ["admin"],
    prepare: () => onToken(SERVICE, { reason: REASON }),
  },
  {
    action: "revokeTokenAction",
    isReadFirst: true,
    of: "somebody else",
    page: "/tokens",
    allowed: ["admin"],
    prepare: async () => onToken(await ofColleague(), { reason: REASON }),
  },
  {
    action: "createRequestAction",
    page: "/requests",
    allowed: ["support", "account_manager", "admin"],
    prepare: async () => {
      const { phoneNumberId, accountId } = await aNumber();
      const managers = await db().person.findMany({ where: { role: "account_manager" } });
      const data = managers.map(({ id: personId }) => ({ accountId, personId }));
      await db().accountStandIn.createMany({ data });
      const changes = [{ phoneNumberId, acceptsBsuid: true }];
      const read = async () => await db().changeRequestItem.findMany({ where: { phoneNumberId } });
      return { input: { changes, reason: REASON, ticketUrl: null, checks: [] }, read };
    },
  },
  {
    action: "approveRequestAction",
    page: "/requests",
    allowed: ["support", "admin"],
    prepare: () => onRequest({ version: 1 }),
  },
  {
    action: "declineRequestAction",
    page: "/requests",
    allowed: ["support", "admin"],
    prepare: () => onRequest({ reason: REASON }),
  },
  {
    action: "withdrawRequestAction",
    of: "somebody else",
    page: "/requests",
    allowed: [],
    prepare: () => onRequest(),
  },
  {
    action: "editRequestAction",
    isReadFirst: true,
    of: "somebody else",
    page: "/requests",
    allowed: ["support", "admin"],
    prepare: () => onRequest({ version: 1, reason: REASON, ticketUrl: null }),
  },
  {
    action: "reviewForcedChangeAction",
    page: "/requests",
    allowed: ["admin"],
    prepare: async () => {
      const batchId = await aForcedChange();
      const read = async () => await db().forcedChange.findUniqueOrThrow({ where: { batchId } });
      return { input: { batchId, review: REASON }, read };
    },
  },
  {
    action: "createEndpointAction",
    page: "/webhooks",
    allowed: ["admin"],
    prepare: async () => {
      const url = `https://${randomUUID()}.invalid/`;
      const read = async () => await db().webhookEndpoint.findFirst({ where: { url } });
      return { input: { ...WEBHOOK, url }, read };
    },
  },
  {
    action: "updateEndpointAction",
    page: "/webhooks",
    allowed: ["admin"],
    prepare: () => onEndpoint({ ...WEBHOOK, isOn: false }),
  },
  {
    action: "rotateSecretAction",
    page: "/webhooks",
    allowed: ["admin"],
    prepare: () => onEndpoint(),
  },
  {
    action: "sendTestAction",
    page: "/webhooks",
    allowed: ["admin"],
    prepare: () => onEndpoint(),
  },
  {
    action: "replayDeliveryAction",
    page: "/webhooks",
    allowed: ["admin"],
    prepare: onDelivery,
  },
  {
    action: "deleteEndpointAction",
    page: "/webhooks",
    allowed: ["admin"],
    prepare: () => onEndpoint(),
  },
  {
    action: "dismissRuntimeAction",
    page: "/runtimes",
    allowed: ["support", "admin"],
    prepare: onSilentRuntime,
  },
  {
    action: "releaseNameAction",
    page: "/runtimes",
    allowed: ["admin"],
    prepare: onSilentRuntime,
  },
  {
    action: "createScheduleAction",
    page: "/schedule",
    allowed: ["support", "admin"],
    prepare: async () => {
      const { phoneNumberId } = await aNumber();
      const time = { localTime: inTwoHours(), zone: "UTC" };
      return {
        input: { numbers: phoneNumberId, acceptsBsuid: true, ...time, reason: REASON },
        read: async () => await db().scheduleItem.findFirst({ where: { phoneNumberId } }),
      };
    },
  },
  {
    action: "cancelScheduleAction",
    page: "/schedule",
    allowed: ["admin"],
    isReadFirst: true,
    prepare: () => onSchedule(),
  },
  {
    action: "moveScheduleAction",
    page: "/schedule",
    allowed: ["admin"],
    isReadFirst: true,
    prepare: () => onSchedule({ localTime: inTwoHours() }),
  },
  {
    action: "cancelWaitingAction",
    page: "/schedule",
    allowed: ["admin"],
    isReadFirst: true,
    prepare: async () => {
      const { input, read } = await onSchedule();
      const { scheduleId } = input as { scheduleId: string };
      const { authorId } = await db().schedule.findUniqueOrThrow({ where: { id: scheduleId } });
      return { input: { by: { personId: authorId }, reason: REASON }, read };
    },
  },
  {
    action: "rotateTokenAction",
    of: "a program",
    page: "/tokens",
    allowed: ["admin"],
    prepare: () => onToken(SERVICE, LIFE),
  },
  {
    action: "rotateTokenAction",
    of: "somebody else",
    page: "/tokens",
    allowed: [],
    prepare: async () => onToken(await ofColleague(), LIFE),
  },
];

/** Act only on the person who sends them; account.spec.ts and notices.spec.ts test what they do. */
export const OWN_ACTIONS = [
  "changePasswordAction",
  "endOwnSessionAction",
  "markReadAction",
  "setMutedAction",
  "setPreferencesAction",
  "signOutSelfAction",
];

/** For people who signed in with a password that an admin created; tested in account.spec.ts. */
export const CHOOSE_PASSWORD_ACTION = "choosePasswordAction";

/**
 * Starts a run for the whole installation, which other tests influence; audit.spec.ts tests what it does.
 */
export const SHARED_ACTION = {
  action: "verifyNowAction",
  page: "/audit",
  allowed: ["auditor", "admin"],
} as const satisfies Omit<ActionRow, "prepare">;
