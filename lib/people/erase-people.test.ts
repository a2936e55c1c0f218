import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { asOwner } from "#testing/database/as-owner.ts";
import { changeAsOwner } from "#testing/database/change-as-owner.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import {
  aNumber,
  anAccount,
  anAccountOfTwo,
  anOrigin,
  aPerson,
  aSchedule,
  aSystem,
  aToken,
} from "#testing/factories.ts";
import { reportNow } from "#testing/http/report.ts";
import { aLiftRequest, aRequest } from "#testing/requests.ts";
import { anEntry, toSource } from "#testing/roster.ts";
import { readEvents } from "#testing/trail/read-events.ts";
import { rehashTrail, tamper } from "#testing/trail/tamper.ts";
import { verifyFiles, WHOLE } from "#testing/trail/verify-files.ts";
import type { PersonActor } from "../access/actor.ts";
import { refusals } from "../access/refusal-log.ts";
import { setAccountPeople } from "../accounts/set-account-people.ts";
import { AUDIT_ACTIONS, type AuditAction } from "../audit/event.ts";
import { exportTrail } from "../audit/export/export-trail.ts";
import { getAuditEvent } from "../audit/get-audit-event.ts";
import { auditKeys } from "../audit/head/audit-keys.ts";
import { listAuditEvents } from "../audit/search/list-audit-events.ts";
import { verifyTrail } from "../audit/verify/verify-trail.ts";
import { undoBatch } from "../batches/undo-batch.ts";
import { undoPerson } from "../batches/undo-person.ts";
import { getConfig } from "../config.ts";
import { db } from "../db/client.ts";
import { forceFlags } from "../flags/force-flags.ts";
import { retireNumber } from "../flags/retire-number.ts";
import { reviewForcedChange } from "../flags/review-forced-change.ts";
import { setFlag } from "../flags/set-flag.ts";
import { setFlags } from "../flags/set-flags.ts";
import { approveRequest } from "../requests/approve-request.ts";
import { declineRequest } from "../requests/decline-request.ts";
import { editRequest } from "../requests/edit-request.ts";
import { expireRequests } from "../requests/expire-requests.ts";
import { setTwoPeople } from "../requests/set-two-people.ts";
import { withdrawRequest } from "../requests/withdraw-request.ts";
import { importRoster } from "../roster/import-roster.ts";
import { dismissRuntime } from "../runtimes/dismiss-runtime.ts";
import { releaseName } from "../runtimes/release-name.ts";
import { moveSchedule } from "../schedules/move-schedule.ts";
import { runDueSchedules } from "../schedules/run-due-schedules.ts";
import { newScheduleRunner } from "../schedules/schedule-runner.ts";
import { endSession } from "../sessions/end-session.ts";
import { startSession } from "../sessions/start-session.ts";
import { toPersonActor } from "../sessions/to-person-actor.ts";
import { changePassword } from "../sign-in/change-password.ts";
import { resetPassword } from "../sign-in/reset-password.ts";
import { signInWithOpenId } from "../sign-in/sign-in-with-openid.ts";
import { signInWithPassword } from "../sign-in/sign-in-with-password.ts";
import { authenticateStored, findStoredToken } from "../tokens/authenticate-token.ts";
import { createToken } from "../tokens/create-token.ts";
import { revokeToken } from "../tokens/revoke-token.ts";
import { rotateToken } from "../tokens/rotate-token.ts";
import { createEndpoint } from "../webhooks/create-endpoint.ts";
import { deleteEndpoint } from "../webhooks/delete-endpoint.ts";
import { replayDelivery } from "../webhooks/replay-delivery.ts";
import { rotateSecret } from "../webhooks/rotate-secret.ts";
import { sendTest } from "../webhooks/send-test.ts";
import { switchOffEndpoint } from "../webhooks/switch-off-endpoint.ts";
import { updateEndpoint } from "../webhooks/update-endpoint.ts";
import { createPerson } from "./create-person.ts";
import { erasePeople } from "./erase-people.ts";
import { forgetIdentity } from "./forget-identity.ts";
import { getPerson } from "./get-person.ts";
import { listPeople } from "./list-people.ts";
import { renamePerson } from "./rename-person.ts";
import { requestErasure } from "./request-erasure.ts";
import { setPersonDisabled } from "./set-person-disabled.ts";
import { setPersonRole } from "./set-person-role.ts";
import { signOutEverywhere } from "./sign-out-everywhere.ts";
import { withdrawErasure } from "./withdraw-erasure.ts";

const database = useTestDatabase();

const REASON = "Request 17 of the data protection office";
const MARKS = [
  "Marked Name",
  "marked@staff.test",
  "Renamed Mark",
  "203.0.113.77",
  "Marked Browser",
  "marked-subject",
];
const PASSWORDS = ["the first long password", "the second long password"] as const;
const ISSUER = "https://id.example";
/** Refused before anything is sent. */
const WEBHOOK_URL = "https://localhost/";
const later = () => new Date(Date.now() + 3_600_000);
const eraser = () => aSystem("person:erase");
const erase = () => asOwner(database.ownerUrl(), () => erasePeople(eraser()));
const markedOrigin = () =>
  anOrigin({ channel: "ui", ip: "203.0.113.77", userAgent: "Marked Browser/1" });

let admin: PersonActor;
let personId: string;
let requestedId: string;
let endpointId: string;
let batchId: string | null;

/** The marked person as an actor of today, from the marked address. */
async function marked(sessionId: string | null = null): Promise<PersonActor> {
  const person = await db().person.findUniqueOrThrow({ where: { id: personId } });
  return toPersonActor(person, { origin: markedOrigin(), sessionId });
}

async function session(method: "openid" | "password" = "openid"): Promise<PersonActor> {
  const { sessionId } = await startSession(await marked(), { method, previousSessionId: null });
  return await marked(sessionId);
}

async function flip(acceptsBsuid: boolean) {
  const phoneNumberId = await aNumber({ accepts: !acceptsBsuid });
  await setFlag(await session(), { phoneNumberId, acceptsBsuid, reason: REASON });
}

async function loadRoster(...entries: object[]) {
  await importRoster(await marked(), toSource(entries));
}

async function theirToken() {
  const asked = { kind: "personal", personId, name: "Laptop", expiresAt: later() } as const;
  return await createToken(await session(), asked);
}

const identity = () => ({
  issuer: ISSUER,
  subject: "marked-subject",
  verifiedEmail: "marked@staff.test",
  name: "Marked Name",
  role: null,
});
const signIn = () =>
  signInWithOpenId(identity(), { origin: markedOrigin(), bootstrapAdminEmail: null });

async function silentRuntime(): Promise<string> {
  const instanceId = `rt-${randomUUID().slice(0, 8)}`;
  await reportNow({ instanceId });
  const lastHeardAt = new Date(Date.now() - 3_600_000);
  const { id: tokenId } = await aToken({ scopes: ["reports:write"] });
  await db().runtimeInstance.update({ where: { instanceId }, data: { lastHeardAt, tokenId } });
  return instanceId;
}

/** Everything that can be recorded by or about a person, each by the verb that does it. */
const ACTS: Record<
  Exclude<AuditAction, "person.erased" | "audit.archived" | "audit.restored">,
  () => Promise<unknown>
> = {
  "person.created": async () => {
    const given = { email: "marked@staff.test", name: "Marked Name", role: "admin" } as const;
    ({ id: personId } = await createPerson(admin, {
      ...given,
      password: PASSWORDS[0],
      isPasswordOwn: true,
    }));
  },
  "flag.enabled": () => flip(true),
  "flag.disabled": () => flip(false),
  "flag.forced": async () => {
    const phoneNumberId = await aNumber({ accountId: await anAccountOfTwo() });
    const changes = [{ phoneNumberId, acceptsBsuid: true }];
    const reasons = { reason: REASON, forceReason: REASON };
    ({ batchId } = await forceFlags(await session(), { changes, ...reasons }));
    await forceFlags(
      { ...admin, tokenId: null },
      { changes: [{ phoneNumberId, acceptsBsuid: false }], ...reasons },
    );
  },
  "batch.undone": async () => {
    const changes = [{ phoneNumberId: await aNumber(), acceptsBsuid: true }];
    changes.push({ phoneNumberId: await aNumber(), acceptsBsuid: true });
    const by = await session();
    await setFlags(by, { changes, reason: REASON });
    const made = await db().auditEvent.findFirstOrThrow({
      where: { actorId: personId, batchId: { not: null }, action: "flag.enabled" },
      orderBy: { seq: "desc" },
    });
    await undoBatch(by, { batchId: made.batchId ?? "", reason: REASON });
  },
  "person.undone": async () => {
    const since = new Date();
    await setFlag(await session(), {
      phoneNumberId: await aNumber(),
      acceptsBsuid: true,
      reason: REASON,
    });
    await undoPerson(admin, {
      personId,
      since: since.toISOString(),
      reason: REASON,
      expected: { changes: 1, requests: 0 },
    });
  },
  "flag.force_reviewed": () =>
    reviewForcedChange(admin, { batchId: batchId ?? "", review: REASON }),
  "request.opened": async () => {
    requestedId = await aNumber({ accountId: await anAccountOfTwo() });
    await setFlag(await session(), {
      phoneNumberId: requestedId,
      acceptsBsuid: true,
      reason: REASON,
    });
  },
  "request.voided": async () =>
    forceFlags(admin, {
      changes: [{ phoneNumberId: requestedId, acceptsBsuid: true }],
      reason: REASON,
      forceReason: REASON,
    }),
  "request.edited": async () =>
    editRequest(await session(), {
      requestId: (await aRequest()).id,
      version: 1,
      reason: REASON,
      ticketUrl: null,
    }),
  "request.approved": async () => {
    const { id: requestId } = await aRequest({ by: await session() });
    await approveRequest(admin, { requestId, version: 1, decision: REASON });
    await approveRequest(await session(), { requestId: (await aRequest()).id, version: 1 });
  },
  "request.declined": async () => {
    const { id: requestId } = await aRequest();
    await declineRequest(await session(), { requestId, reason: REASON });
  },
  "request.withdrawn": async () => {
    const { id: requestId } = await aRequest({ by: await session() });
    await withdrawRequest(await session(), { requestId });
  },
  "request.expired": async () => {
    const { id } = await aRequest({ by: await session() });
    await changeAsOwner(database.ownerUrl(), "change_request", { id, expires_at: new Date() });
    await expireRequests(aSystem("request:expire"));
  },
  "request.failed": async () => {
    const by = await aPerson("support");
    const { id: requestId } = await aRequest({ by });
    await setPersonRole(admin, { personId: by.id, role: "auditor", reason: REASON });
    const attempt = approveRequest(await session(), { requestId, version: 1 });
    await expect(attempt).rejects.toThrow("another role");
  },
  "schedule.created": async () => {
    const { id: requestId } = await aRequest({ by: await session(), at: later() });
    await approveRequest(admin, { requestId, version: 1 });
  },
  "account.two_people_lifted": async () => {
    const accountId = await anAccountOfTwo();
    const requestId = await aLiftRequest(await session(), accountId);
    await approveRequest(admin, { requestId, version: 1 });
  },
  "schedule.moved": async () => {
    const phoneNumberId = await aNumber();
    const scheduleId = await aSchedule({ authorId: personId, phoneNumberId });
    const localTime = new Date(Date.now() + 7_200_000).toISOString().slice(0, 19);
    await moveSchedule(await session(), { scheduleId, localTime, reason: REASON });
  },
  "schedule.done": async () => {
    await aSchedule({ authorId: personId, phoneNumberId: await aNumber(), at: new Date() });
    await runDueSchedules(newScheduleRunner());
  },
  "schedule.failed": async () => {
    const phoneNumberId = await aNumber();
    await aSchedule({ authorId: personId, phoneNumberId });
    await setFlag(await marked(), { phoneNumberId, acceptsBsuid: true, reason: REASON });
  },
  "schedule.cancelled": async () => {
    const phoneNumberId = await aNumber();
    const afterId = await aSchedule({ authorId: personId, phoneNumberId });
    await aSchedule({ authorId: personId, phoneNumberId, afterId, flagVersion: 1 });
    await setFlag(await marked(), { phoneNumberId, acceptsBsuid: true, reason: REASON });
  },
  "number.updated": async () => {
    const entry = { ...anEntry(), managerEmail: "marked@staff.test" };
    await loadRoster(entry);
    await loadRoster({ ...entry, managerEmail: "" });
    await loadRoster(entry);
  },
  "number.retired": async () =>
    retireNumber(await marked(), { phoneNumberId: await aNumber(), reason: REASON }),
  "account.updated": async () => {
    const accountIds = [await anAccount()];
    const set = async (email: string | null, standIns: string[]) =>
      await setAccountPeople(await marked(), { accountIds, email, standIns, reason: REASON });
    await set("marked@staff.test", []);
    await set(null, ["marked@staff.test"]);
  },
  "account.two_people_required": async () =>
    setTwoPeople(await marked(), {
      accountId: await anAccount(),
      needsTwoPeople: true,
      reason: REASON,
    }),
  "roster.imported": () => loadRoster(anEntry()),
  "session.started": async () => {
    await session();
    await signInWithPassword({ email: "marked@staff.test", password: "wrong" }, markedOrigin());
    await signInWithPassword({ email: "nobody@staff.test", password: "wrong" }, anOrigin());
  },
  "session.ended": async () => {
    const actor = await session();
    await endSession(actor, { sessionId: actor.sessionId ?? "" });
  },
  "session.ended_everywhere": () => signOutEverywhere(admin, { personId, reason: REASON }),
  "token.created": theirToken,
  "token.rotated": async () => {
    const { id: tokenId } = await theirToken();
    await rotateToken(await session(), { tokenId, expiresAt: later(), overlapMs: 0 });
  },
  "token.revoked": async () => {
    const { id: tokenId } = await theirToken();
    await revokeToken(await marked(), { tokenId, reason: REASON });
  },
  "token.refused": async () => {
    const { id, secret } = await aToken({ personId });
    await db().token.update({ where: { id }, data: { revokedAt: new Date() } });
    const token = await findStoredToken(secret);
    expect(() => authenticateStored(token, markedOrigin())).toThrow("revoked");
  },
  "runtime.dismissed": async () =>
    dismissRuntime(await marked(), { instanceId: await silentRuntime(), reason: REASON }),
  "runtime.released": async () =>
    releaseName(await marked(), { instanceId: await silentRuntime(), reason: REASON }),
  "webhook.created": async () => {
    const asked = { url: WEBHOOK_URL, events: ["flag.changed" as const] };
    ({ id: endpointId } = await createEndpoint(await marked(), asked));
  },
  "webhook.updated": async () => {
    const asked = { endpointId, url: WEBHOOK_URL, events: ["flag.batch" as const], isOn: true };
    await updateEndpoint(await marked(), asked);
  },
  "webhook.rotated": async () => rotateSecret(await marked(), { endpointId }),
  "webhook.tested": async () => sendTest(await marked(), { endpointId }),
  "webhook.replayed": async () => {
    const now = new Date();
    const data = { endpointId, type: "flag.batch", data: {}, state: "failed", nextTryAt: now };
    const { id: deliveryId } = await db().webhookDelivery.create({
      data: { ...data, happenedAt: now },
    });
    await replayDelivery(await marked(), { endpointId, deliveryId });
  },
  "webhook.switched_off": async () =>
    switchOffEndpoint(aSystem("webhook:deliver"), { endpointId, why: "gone" }),
  "webhook.deleted": async () => deleteEndpoint(await marked(), { endpointId }),
  "access.denied": async () => {
    const asked = { kind: "personal", personId: admin.id, name: "x", expiresAt: later() } as const;
    await expect(createToken(await marked(), asked)).rejects.toThrow();
  },
  "audit.exported": async () => {
    const { chunks } = await exportTrail(await marked(), { actorEmail: "marked@staff.test" });
    await chunks.return(undefined);
  },
  "person.identity_bound": signIn,
  "person.identity_forgotten": () => forgetIdentity(admin, { personId, reason: REASON }),
  "person.password_changed": async () => {
    const [currentPassword, newPassword] = PASSWORDS;
    await changePassword(await session("password"), { currentPassword, newPassword });
  },
  "person.password_reset": async () => {
    const { id: colleagueId } = await aPerson("support");
    await resetPassword(await marked(), { personId: colleagueId, reason: REASON });
    await resetPassword(admin, { personId, reason: REASON });
  },
  "person.role_changed": async () => {
    const asked = { personId, role: "auditor", reason: REASON } as const;
    await setPersonRole(admin, asked);
    await setPersonRole(admin, { ...asked, role: "admin" });
  },
  "person.renamed": () =>
    renamePerson(admin, {
      personId,
      name: "Renamed Mark",
      email: "marked@staff.test",
      reason: REASON,
    }),
  "person.disabled": () => setPersonDisabled(admin, { personId, isDisabled: true, reason: REASON }),
  "person.enabled": async () => {
    await setPersonDisabled(admin, { personId, isDisabled: false, reason: REASON });
    await setPersonDisabled(admin, { personId, isDisabled: true, reason: REASON });
  },
  "person.erasure_requested": async () => {
    const { email: expectedEmail } = await getPerson(admin, personId);
    await requestErasure(admin, { personId, expectedEmail, reason: REASON });
  },
  "person.erasure_withdrawn": async () => {
    await withdrawErasure(admin, { personId, reason: REASON });
    await ACTS["person.erasure_requested"]();
  },
};

/**
 * Every table that refers to people, and what an erasure does with what it has of one: their rows stay, with
 * ids alone; or their rows stay, without the values in them; or they go.
 */
const REFERRING: Record<string, "has ids alone" | "is emptied" | "is deleted"> = {
  account: "has ids alone",
  account_stand_in: "has ids alone",
  audit_verification: "has ids alone",
  audit_verification_run: "has ids alone",
  change_request: "has ids alone",
  forced_change: "has ids alone",
  number: "has ids alone",
  schedule: "has ids alone",
  person: "is emptied",
  private_value: "is emptied",
  session: "is emptied",
  token: "is emptied",
  idempotency_key: "is deleted",
  muted_notice: "is deleted",
  notice: "is deleted",
  selection: "is deleted",
};

/** What has no entry in the trail, but a row of the marked person. */
async function leaveRows(): Promise<void> {
  const { accountId } = await db().number.findFirstOrThrow({
    where: { flagChangedById: personId },
  });
  await db().accountStandIn.create({ data: { accountId, personId } });
  const verification = { isFull: true, isWhole: true, throughSeq: 1n, tookMs: 1 };
  await db().auditVerification.create({ data: { ...verification, askedById: personId } });
  const now = new Date();
  const run = { askedById: personId, askedAt: now, seenAt: now, endedAt: now };
  await db().auditVerificationRun.upsert({ where: { id: 1 }, create: run, update: run });
  const kind = "request.opened";
  await db().notice.create({ data: { personId, kind, subject: randomUUID(), data: {} } });
  await db().mutedNotice.create({ data: { personId, kind } });
  const filter = "q=Marked+Name+marked@staff.test";
  await db().selection.create({ data: { madeById: personId, acceptsBsuid: true, filter } });
  const search = JSON.stringify({ q: "renamed mark" });
  await db().selection.create({
    data: { madeById: admin.id, acceptsBsuid: true, filter: search },
  });
  const answer = { route: "POST /api/v1/requests", bodyHash: "", status: 201, headers: {} };
  const bodies: [string, unknown][] = [
    [personId, { requestedBy: { email: "renamed@staff.test", name: "Renamed Mark" } }],
    [admin.id, { requestedBy: { email: "marked@staff.test", name: "x" } }],
    [admin.id, { requestedBy: { email: "x", name: "Renamed Mark" } }],
    [admin.id, { requestedBy: { email: "somebody@staff.test", name: "Somebody" } }],
  ];
  await db().idempotencyKey.createMany({
    data: bodies.map(([owner, body]) => ({
      ...{ ...answer, personId: owner, key: randomUUID() },
      body: JSON.stringify(body),
    })),
  });
  const data = { zone: "Asia/Kathmandu", locale: "en" };
  await db().person.update({ where: { id: personId }, data });
}

/** How many rows refer to the marked person, by table. */
async function countReferences(): Promise<Record<string, number>> {
  return await withClient(database.ownerUrl(), async (owner) => {
    const { rows } = await owner.query<{ name: string; columns: string[] }>(
      `SELECT conrelid::regclass::text AS name, array_agg(attname::text) AS columns
       FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY(conkey)
       WHERE contype = 'f' AND confrelid = 'person'::regclass GROUP BY 1`,
    );
    const counts: Record<string, number> = {};
    for (const { name, columns } of rows) {
      const result = await owner.query<{ count: number }>(
        `SELECT count(*)::int FROM "${name}" WHERE $1 IN (${columns.join(", ")})`,
        [personId],
      );
      counts[name] = result.rows[0]?.count ?? 0;
    }
    return counts;
  });
}

/** The tables that have a mark in any column of theirs. */
async function findMarks(): Promise<string[]> {
  return await withClient(database.ownerUrl(), async (owner) => {
    const { rows } = await owner.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    const tables: string[] = [];
    for (const { name } of rows) {
      const pattern = `(${MARKS.join("|")})`;
      const { rowCount } = await owner.query(
        `SELECT FROM "${name}" AS one WHERE one::text ~* $1 LIMIT 1`,
        [pattern],
      );
      if (rowCount) tables.push(name);
    }
    return tables.sort();
  });
}

/** The tables, indexes and statistics in whose files a mark stands, whether or not a query reads it. */
async function findInFiles(): Promise<string[]> {
  return await withClient(database.ownerUrl(), async (owner) => {
    await owner.query("CHECKPOINT");
    const { rows } = await owner.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class, pg_relation_filepath(oid) AS file
       WHERE (relnamespace = 'public'::regnamespace OR relname = 'pg_statistic') AND relkind IN ('r', 'i', 't')
         AND EXISTS (SELECT FROM unnest($1::text[]) AS mark
           WHERE position(convert_to(mark, 'UTF8') IN pg_read_binary_file(file)) > 0)`,
      [MARKS],
    );
    return rows.map(({ name }) => name);
  });
}

/** As if the request had been made 73 hours ago. */
async function waitSoLong(): Promise<void> {
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query(`SET session_replication_role = replica;
      UPDATE audit_event SET occurred_at = occurred_at - interval '73 hours';
      UPDATE person SET erasure_requested_at = erasure_requested_at - interval '73 hours'`);
    await rehashTrail(owner, 1);
    await owner.query("DELETE FROM audit_head");
    await writeFile(getConfig().audit.headJournal, "");
  });
}

beforeAll(async () => {
  admin = await aPerson("admin");
});

test("after an erasure nothing is left of a person who is in every kind of entry", async () => {
  for (const act of Object.values(ACTS)) await act();
  await refusals().settled();
  const actions = new Set((await readEvents()).map(({ action }) => action));
  const others = ["person.erased", "audit.archived", "audit.restored"];
  expect(AUDIT_ACTIONS.filter((action) => !actions.has(action))).toEqual(others);
  await leaveRows();
  const before = await countReferences();
  expect(Object.keys(before).sort()).toEqual(Object.keys(REFERRING).sort());
  expect(Object.entries(before).filter(([, count]) => count === 0)).toEqual([]);
  const marked = ["number_search", "person", "private_value", "session"];
  expect(await findMarks()).toEqual([...marked, "idempotency_key", "selection"].sort());

  await waitSoLong();
  await withClient(database.ownerUrl(), (owner) => owner.query("ANALYZE"));
  expect((await findInFiles()).sort()).toEqual(expect.arrayContaining(["person", "private_value"]));
  const { erased, waiting } = await erase();
  expect({ erased, waiting }).toMatchObject({ erased: [{ personId }], waiting: [] });
  expect(await findMarks()).toEqual([]);
  expect(await findInFiles()).toEqual([]);
  const after = await countReferences();
  for (const [table, outcome] of Object.entries(REFERRING)) {
    expect(after[table], table).toBe(outcome === "is deleted" ? 0 : before[table]);
  }
  expect(await db().idempotencyKey.count()).toBe(1);
  const record = await db().person.findUniqueOrThrow({ where: { id: personId } });
  expect(record).toMatchObject({ zone: null, locale: null });
  expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({ isWhole: true });
}, 60_000);

test("a new export has none of it either, and both verifiers accept it", async () => {
  const { chunks } = await exportTrail(await aPerson("auditor"), {});
  let text = "";
  for await (const chunk of chunks) text += chunk;
  expect(text).not.toMatch(new RegExp(MARKS.join("|"), "i"));
  const keys = [...auditKeys().keys.values()];
  expect(await verifyFiles([text], keys)).toEqual(WHOLE);
  const lines = text.split("\n");
  const manifest = JSON.parse(lines.at(-2) ?? "").manifest as { erasures: object };
  const erasure = lines
    .map((line) => JSON.parse(line || "{}"))
    .find((one) => one.action === "person.erased");
  expect(Object.keys(manifest.erasures)).toEqual([String(erasure.seq)]);
});

test("pages show them as erased, and nothing of theirs is found by their address", async () => {
  const auditor = await aPerson("auditor");
  const { items } = await listAuditEvents(auditor, { actorId: personId });
  expect(items.length).toBeGreaterThan(10);
  for (const { actor, ip, userAgent } of items) {
    expect(actor).toMatchObject({ id: personId, email: null, name: null, role: "admin" });
    expect({ ip, userAgent }).toEqual({ ip: null, userAgent: null });
  }
  const one = items[0]?.seq ?? 0;
  expect(await getAuditEvent(auditor, String(one))).toMatchObject({ faults: [] });
  const search = listAuditEvents(auditor, { actorEmail: "marked@staff.test" });
  await expect(search).rejects.toMatchObject({ code: "INVALID_INPUT" });
  expect(await getPerson(admin, personId)).toMatchObject({ isErased: true, erasureDue: null });
  const change = renamePerson(admin, {
    personId,
    name: "Back",
    email: "back@staff.test",
    reason: REASON,
  });
  await expect(change).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await listPeople(admin, {})).items.map(({ name }) => name)).not.toContain("Renamed Mark");
});

async function aFormerColleague() {
  const person = await aPerson("support");
  const phoneNumberId = await aNumber();
  await setFlag(person, { phoneNumberId, acceptsBsuid: true, reason: REASON });
  const asked = { personId: person.id, reason: REASON };
  return { person, asked, expectedEmail: person.email };
}

test("an erasure is for somebody disabled, by somebody else, with their address", async () => {
  const { asked, expectedEmail } = await aFormerColleague();
  const request = (actor = admin, given: object = {}) =>
    requestErasure(actor, { ...asked, expectedEmail, ...given });
  await expect(request()).rejects.toThrow("Disable this person first");
  await setPersonDisabled(admin, { ...asked, isDisabled: true });
  await expect(request(admin, { expectedEmail: "other@staff.test" })).rejects.toThrow(
    "not their e-mail",
  );
  const own = { personId: admin.id, expectedEmail: admin.email };
  await expect(request(admin, own)).rejects.toThrow("your own data");
  await expect(request(await aPerson("auditor"))).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await request()).toMatchObject({ changed: true });
  expect(await request()).toMatchObject({ changed: false });
  const enabling = setPersonDisabled(admin, { ...asked, isDisabled: false });
  const why = { message: expect.stringContaining("Withdraw that request") };
  await expect(enabling).rejects.toMatchObject({ code: "CONFLICT", issues: [why] });
  await withdrawErasure(admin, asked);
  expect(await withdrawErasure(admin, asked)).toMatchObject({ changed: false });
  await setPersonDisabled(admin, { ...asked, isDisabled: false });
});

test("it waits 72 hours by the trail, whatever the record says, and the owner alone carries it out", async () => {
  const { asked, expectedEmail } = await aFormerColleague();
  await setPersonDisabled(admin, { ...asked, isDisabled: true });
  await requestErasure(admin, { ...asked, expectedEmail });
  const { erased, waiting } = await erase();
  expect(erased).toEqual([]);
  expect(waiting.map((one) => one.personId)).toContain(asked.personId);
  await expect(erasePeople(eraser())).rejects.toMatchObject({ code: "FORBIDDEN" });
  const where = { id: asked.personId };
  const erasureRequestedAt = new Date(Date.now() - 100 * 3_600_000);
  const erasedAt = new Date();
  for (const data of [{ erasureRequestedAt }, { erasedAt }, { erasureRequestedAt: null }]) {
    const change = db().person.update({ where, data });
    await expect(change).rejects.toThrow("together with the entry that tells of it");
  }
  await withdrawErasure(admin, asked);
  const change = db().person.update({ where, data: { erasureRequestedAt } });
  await expect(change).rejects.toThrow("together with the entry that tells of it");
});

test("a record that was tampered with does not keep others from being erased", async () => {
  const forged = await aFormerColleague();
  const dueOne = await aFormerColleague();
  await setPersonDisabled(admin, { ...dueOne.asked, isDisabled: true });
  await requestErasure(admin, { ...dueOne.asked, expectedEmail: dueOne.expectedEmail });
  await waitSoLong();
  const sql = `UPDATE person SET erasure_requested_at = now() - interval '1 year' WHERE id = '${forged.person.id}'`;
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query(`SET session_replication_role = replica; ${sql}`);
    const { erased, failed } = await erase();
    expect(erased).toMatchObject([{ personId: dueOne.person.id }]);
    expect(failed).toMatchObject([{ personId: forged.person.id, error: { code: "CONFLICT" } }]);
    await owner.query(sql.replace("now() - interval '1 year'", "NULL"));
  });
});

test.each([
  [
    "by the application",
    "UPDATE private_value SET salt = NULL, value = NULL, erased_by = 1",
    /permission denied/,
  ],
  ["by an entry of its own", null, /together with what the trail has of them/],
])("no value is emptied %s", async (_, sql, words) => {
  const before = await db().privateValue.findMany();
  const work = sql
    ? db().$executeRawUnsafe(sql)
    : (async () => {
        const { inAuditedTransaction } = await import("../db/transaction.ts");
        const { appendEvents } = await import("../audit/append-events.ts");
        await inAuditedTransaction(eraser(), (tx) =>
          appendEvents(tx, [
            {
              action: "person.erased",
              target: { type: "person", id: admin.id, display: "x" },
              before: null,
              after: { count: 0, digest: "" },
            },
          ]),
        );
      })();
  await expect(work).rejects.toThrow(words);
  expect(await db().privateValue.findMany()).toEqual(before);
});

test("the owner with triggers off who empties a value is named by its entry", async () => {
  const { person } = await aFormerColleague();
  const [event] = await readEvents({ actorId: person.id });
  const sql = `UPDATE private_value SET salt = NULL, value = NULL, erased_by = 1 WHERE person_id = '${person.id}'`;
  await tamper(database.ownerUrl(), sql, async () => {
    expect(await verifyTrail(aSystem("audit:read"))).toMatchObject({
      isWhole: false,
      seq: event?.seq,
    });
  });
});
