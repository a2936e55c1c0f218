import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOrigin, aPerson, aSystem, aToken } from "#testing/factories.ts";
import { findVerbs, loadVerb } from "#testing/find-verbs.ts";
import { AppError } from "../errors.ts";
import type { Actor } from "./actor.ts";
import { can } from "./authorize.ts";
import { type Permission, SCOPES } from "./permissions.ts";
import { ROLES } from "./roles.ts";

useTestDatabase();

const REASON = "The table of verbs asks";
const nowhere = () => randomUUID();
const somebody = () => ({ personId: randomUUID(), reason: REASON });
const anEndpoint = () => ({ endpointId: randomUUID() });

/**
 * What each verb takes, and what it is asked with: of things that do not exist, since who may not
 * is refused before that is looked at. Two files may have a verb of one name.
 */
const VERBS: Readonly<Record<string, [Permission | Permission[], ...unknown[]]>> = {
  readSettings: ["settings:read"],
  readSetup: ["settings:read"],
  verifyTrail: ["audit:read"],
  deliverHead: [["audit:keep", "audit:read"]],
  readVerification: ["audit:read"],
  readVerificationRun: ["audit:read"],
  requestVerification: ["audit:verify"],
  verifyOnSchedule: [["audit:keep", "audit:read"]],
  verifyOnRequest: [["audit:keep", "audit:read"]],
  listPublicKeys: ["audit:read"],
  readHead: ["audit:read"],
  findLastHead: ["audit:read"],
  readTrailEnd: ["audit:read"],
  readVerifier: ["audit:read"],
  exportTrail: ["audit:read", {}],
  acknowledgeRestore: ["audit:restore"],
  thinHeads: ["audit:keep"],
  archiveTrail: [["audit:keep", "audit:read"]],
  resetPassword: ["person:manage", somebody()],
  listNeighbours: ["number:read", { account: {} }],
  listNumbersById: ["number:read", []],
  getAuditEvent: ["audit:read", "1"],
  getSignedEntry: ["audit:read", "1"],
  listAuditEvents: ["audit:read", {}],
  listTrailActors: ["audit:read"],
  importRoster: ["roster:write", (async function* () {})()],
  createPerson: ["person:manage", { email: "x" }],
  listPeople: ["person:manage", {}],
  listWaitingErasures: ["person:manage"],
  getPerson: ["person:manage", nowhere()],
  listWaitingWork: ["person:manage", nowhere()],
  endWaitingWork: ["person:manage", somebody()],
  renamePerson: ["person:manage", { ...somebody(), name: "x", email: "x" }],
  setPersonRole: ["person:manage", { ...somebody(), role: "support" }],
  setPersonDisabled: ["person:manage", { ...somebody(), isDisabled: true }],
  forgetIdentity: ["person:manage", somebody()],
  requestErasure: ["person:manage", { ...somebody(), expectedEmail: "x" }],
  withdrawErasure: ["person:manage", somebody()],
  erasePeople: ["person:erase"],
  listSessions: ["person:manage", nowhere()],
  endSession: ["person:manage", { sessionId: nowhere(), reason: REASON }],
  signOutEverywhere: ["person:manage", somebody()],
  revokeToken: ["token:manage", { tokenId: nowhere(), reason: REASON }],
  listRuntimes: ["number:read"],
  listRefusedReports: ["number:read"],
  listUpdatedNumbers: ["number:read", { updatedSince: "0" }],
  dismissRuntime: ["runtime:dismiss", {}],
  releaseName: ["runtime:release", {}],
  readLiveState: ["number:read", 0],
  receiveReport: ["report:write", {}],
  forgetOldReports: ["report:forget"],
  forgetOldAccess: ["access:forget"],
  forgetOldDesk: ["desk:forget"],
  findFlag: ["flag:read", "1"],
  setFlags: ["flag:set", {}],
  setFlag: ["flag:set", {}],
  needingTwoPeople: ["desk:read", []],
  findForcedBatches: ["desk:read", []],
  requireNamedNumbers: ["number:read", { text: "", path: "numbers" }],
  forceFlags: ["flag:force", {}],
  createSelection: ["flag:set", {}],
  changeSelection: ["flag:set", { selectionId: nowhere() }],
  confirmSelection: ["flag:set", { selectionId: nowhere() }],
  readReview: ["desk:read", nowhere()],
  getBatch: ["desk:read", nowhere()],
  undoBatch: ["batch:undo", { batchId: nowhere(), reason: REASON }],
  previewPersonUndo: ["person:undo", { personId: nowhere(), since: "2026-01-01T00:00:00Z" }],
  undoPerson: ["person:undo", { ...somebody() }],
  reviewForcedChange: ["flag:force-review", {}],
  listRequests: ["desk:read", {}],
  getRequest: ["desk:read", nowhere()],
  listRequestSummaries: ["desk:read", {}],
  getRequestEvidence: ["desk:read", nowhere()],
  listRequestHistory: ["desk:read", nowhere(), {}],
  listOtherWishes: ["desk:read", { phoneNumberIds: [] }],
  listForcedChanges: ["desk:read", { isReviewed: false }],
  listAskableNumbers: ["request:create", {}],
  createRequest: ["request:create", {}],
  editRequest: ["request:create", { requestId: nowhere() }],
  withdrawRequest: ["request:create", { requestId: nowhere() }],
  declineRequest: ["request:decide", { requestId: nowhere(), reason: REASON }],
  expireRequests: ["request:expire"],
  readFlags: ["flag:read"],
  readFlagsSince: ["flag:read", null],
  listNumberHistory: ["number:read", "1", {}],
  listNumbers: ["number:read", {}],
  retireNumber: ["number:retire", {}],
  createSchedule: ["schedule:create", {}],
  cancelSchedule: ["schedule:cancel", { scheduleId: nowhere() }],
  moveSchedule: ["schedule:cancel", { scheduleId: nowhere(), localTime: "2027-03-01T09:00" }],
  getSchedule: ["desk:read", nowhere()],
  listSchedules: ["desk:read", {}],
  runDueSchedules: ["schedule:run"],
  cancelWaitingSchedules: ["schedule:cancel", {}],
  countWaiting: ["desk:read", { personId: nowhere() }],
  countSchedulesByDay: ["desk:read", {}],
  listScheduleAccounts: ["desk:read", []],
  listAccountNames: ["number:read"],
  listManagers: ["number:read"],
  readFigures: ["number:read"],
  listAccounts: ["desk:read", {}],
  getAccount: ["desk:read", nowhere()],
  listAccountNumbers: ["number:read", nowhere()],
  listPossibleManagers: ["account:manage"],
  listAccountHistory: ["desk:read", nowhere(), {}],
  setAccountPeople: ["account:manage", {}],
  setAccountZone: ["account:manage", {}],
  setTwoPeople: ["account:two-people", {}],
  readWeek: ["number:read", "1"],
  readTraffic: ["number:read", { phoneNumberId: "1" }],
  summariseMatches: ["number:read", {}],
  countHiddenMatches: ["number:read", {}],
  readLosses: ["number:read", []],
  getNumber: ["number:read", "1"],
  createEndpoint: ["webhook:manage", { url: "x", events: [] }],
  updateEndpoint: ["webhook:manage", anEndpoint()],
  deleteEndpoint: ["webhook:manage", anEndpoint()],
  rotateSecret: ["webhook:manage", anEndpoint()],
  sendTest: ["webhook:manage", anEndpoint()],
  listEndpoints: ["webhook:manage"],
  getEndpoint: ["webhook:manage", nowhere()],
  listDeliveries: ["webhook:manage", anEndpoint()],
  replayDelivery: ["webhook:manage", { ...anEndpoint(), deliveryId: nowhere() }],
  deliverDue: ["webhook:deliver"],
  watchStates: [["webhook:deliver", "number:read", "audit:read"]],
  switchOffEndpoint: ["webhook:deliver", { ...anEndpoint(), why: "gone" }],
  forgetOldDeliveries: ["desk:forget"],
};

/** Who may call these depends on more than a permission, or they are no verbs; each has tests of its own. */
const OTHERS: Readonly<Record<string, string>> = {
  createToken: "a personal token is its person's to make: tokens.test.ts",
  rotateToken: "its person's, or for a service's an admin's: rotate-token.test.ts",
  listTokens: "people see their own, admins all: list-tokens.test.ts",
  changePassword: "one's own only, whatever the role: change-password.test.ts",
  choosePassword: "one's own only, after signing in with an admin's: choose-password.test.ts",
  createOpenIdPerson: "by the provider's word, at sign-in: openid.test.ts",
  listNotices: "people see their own, whatever the role: own-notices.test.ts",
  readOverview: "a person's own, by what they may read: read-overview.test.ts",
  countUnread: "people see their own, whatever the role: own-notices.test.ts",
  markRead: "one's own only, whatever the role: own-notices.test.ts",
  setMuted: "one's own only, whatever the role: own-notices.test.ts",
  listNoticeSettings: "people see their own, whatever the role: own-notices.test.ts",
  toOwnNotices: "narrows what a verb reads to the actor's own: own-notices.test.ts",
  findJumps: "finds what each person may list, and no more: find-jumps.test.ts",
  approveRequest: "takes a person in a browser, besides request:decide: approve-request.test.ts",
  setPreferences: "one's own only, whatever the role: set-preferences.test.ts",
  startSession: "by who has just shown who they are: sessions.test.ts",
  recordRefusedReport: "keeps what was refused to a token, whoever holds it: names.test.ts",
  can: "decides",
  authorize: "decides",
  deny: "decides",
  hideOrigins: "narrows what a verb read, which authorises: list-numbers.test.ts",
  hideOrigin: "narrows what a verb read, which authorises: list-audit-events.test.ts",
  hideOriginOpenings: "narrows what a verb read, which authorises: list-audit-events.test.ts",
  toOpeningScope: "narrows what a verb reads, which authorises: list-audit-events.test.ts",
  findActorPersonalValues: "looks at the actor",
  isAnonymous: "looks at the actor",
  toOwnTarget: "names whom a refusal is about, and decides nothing",
  toPasswordMaker: "looks at the actor",
  findSignInMethod: "looks at the actor's session",
  requireFreshSignIn: "is asked by verbs, beside a permission: after-a-theft.test.ts",
  requireBrowserSession: "is asked by verbs, beside a permission: force-flags.test.ts",
  requireOwnPassword: "is asked by verbs: change-password.test.ts",
  requireOwnSchedule: "is asked by verbs, beside a permission: change-schedule.test.ts",
  recordFailure: "is the part of runDueSchedules, which authorises, that tells of a failure",
  inAuditedTransaction: "is called by verbs, and sees that the actor still stands",
  inPreparedTransaction: "is called by verbs, and sees that the actor still stands",
  runVerification: "is the shared part of verifyOnSchedule and verifyOnRequest, which authorise",
  changePerson: "is the shared part of the verbs on people, which authorise",
  requireDecider: "is asked by verbs, beside a permission: decide-request.test.ts",
  requireMaker: "a selection is its maker's: whoever else is refused",
  requireReader: "a selection is read by its maker and by approvers",
  requireApprover: "is asked by verbs, beside a permission: approve-request.test.ts",
  readRequestIds: "is the shared part of the lists of requests, which authorise",
  readExpectedVersion: "reads a header by getNumber, which authorises",
};

const verbs = await findVerbs();
const actors = new Map<string, Actor>();

beforeAll(async () => {
  for (const role of ROLES) actors.set(role, await aPerson(role));
  for (const scope of SCOPES) {
    const { id } = await aToken({ scopes: [scope] });
    actors.set(scope, { type: "service", id, name: scope, scopes: [scope], origin: anOrigin() });
  }
  actors.set("the console without a permission", aSystem());
});

test("every function of lib/ that takes an actor is in the table, or listed as no verb", () => {
  const listed = [...Object.keys(VERBS), ...Object.keys(OTHERS)];
  expect([...verbs.keys()].sort()).toEqual(listed.sort());
});

async function isRefused(name: string, actor: Actor, input: unknown[]): Promise<boolean> {
  const verb = await loadVerb(verbs, name);
  try {
    await verb(actor, ...input);
    return false;
  } catch (error) {
    return error instanceof AppError && error.code === "FORBIDDEN";
  }
}

test.each(Object.entries(VERBS))(
  "%s refuses everybody without its permission",
  async (name, [permission, ...input]) => {
    const needed = [permission].flat();
    for (const [who, actor] of actors) {
      const isHolder = needed.every((one) => can(actor, one));
      expect(await isRefused(name, actor, input), `${name} refuses ${who}`).toBe(!isHolder);
    }
    expect(await isRefused(name, aSystem(...needed), input), `${name} as the console`).toBe(false);
  },
);
