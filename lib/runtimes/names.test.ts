import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOrigin, aPerson, aSignedInPerson, aSystem, aToken } from "#testing/factories.ts";
import { callApi } from "#testing/http/call-api.ts";
import { aReport, reportNow } from "#testing/http/report.ts";
import { RACE } from "#testing/rounds.ts";
import type { Actor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import { revokeToken } from "../tokens/revoke-token.ts";
import { rotateToken } from "../tokens/rotate-token.ts";
import { dismissRuntime } from "./dismiss-runtime.ts";
import { listRefusedReports } from "./list-refused-reports.ts";
import { listRuntimes } from "./list-runtimes.ts";
import { receiveReport } from "./receive-report.ts";
import { releaseName } from "./release-name.ts";

const database = useTestDatabase();
const REASON = "Another runtime takes over";
const reader = aSystem("number:read");
let admin: Actor;
beforeAll(async () => {
  admin = await aSignedInPerson("admin");
});

const scopes = ["reports:write"] as const;
const asActor = (id: string): Actor => {
  return { type: "service", id, name: "Runtime", scopes: [...scopes], origin: anOrigin() };
};
async function aRuntimeToken() {
  const { id, secret } = await aToken({ scopes: [...scopes] });
  return { id, secret, actor: asActor(id) };
}
const aName = () => `rt-${randomUUID().slice(0, 8)}`;
const ownerOf = async (instanceId: string) =>
  (await db().runtimeInstance.findUniqueOrThrow({ where: { instanceId } })).tokenId;

test("a name belongs to the first token that used it: another one's report is refused, and nothing of it stored", async () => {
  const [mine, other] = [await aRuntimeToken(), await aRuntimeToken()];
  const report = aReport({ instanceId: aName(), appliedCursor: "3.aaaaaaaa" });
  await receiveReport(mine.actor, report);
  const before = await db().runtimeInstance.findUniqueOrThrow({
    where: { instanceId: report.instanceId },
  });
  const foreign = { ...report, sequence: 2, appliedCursor: "9.bbbbbbbb" };
  await expect(receiveReport(other.actor, foreign)).rejects.toMatchObject({ code: "CONFLICT" });
  const { instanceId } = report;
  expect(await db().runtimeInstance.findUnique({ where: { instanceId } })).toEqual(before);
  expect(await db().reportReceipt.count({ where: { instanceId } })).toBe(1);
});

test("of two tokens that use one new name at once, one gets it", RACE, async () => {
  const tokens = await Promise.all([aRuntimeToken(), aRuntimeToken(), aRuntimeToken()]);
  const instanceId = aName();
  const results = await Promise.allSettled(
    tokens.map(({ actor }, at) => receiveReport(actor, aReport({ instanceId, sequence: at }))),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a rotated token keeps its names, and the old one may use them until it ends", async () => {
  const { id, actor } = await aRuntimeToken();
  const instanceId = aName();
  await receiveReport(actor, aReport({ instanceId }));
  const life = { expiresAt: new Date(Date.now() + 3_600_000), overlapMs: 3_600_000 };
  const next = await rotateToken(admin, { tokenId: id, ...life });
  await receiveReport(asActor(next.id), aReport({ instanceId, sequence: 2 }));
  expect(await ownerOf(instanceId)).toBe(next.id);
  await receiveReport(actor, aReport({ instanceId, sequence: 3 }));
  expect(await ownerOf(instanceId)).toBe(next.id);
  const third = await rotateToken(admin, { tokenId: next.id, ...life });
  await receiveReport(actor, aReport({ instanceId, sequence: 4 }));
  await receiveReport(asActor(third.id), aReport({ instanceId, sequence: 5 }));
  expect(await ownerOf(instanceId)).toBe(third.id);
});

test.each([
  ["revoked", (tokenId: string) => revokeToken(admin, { tokenId, reason: REASON })],
  [
    "expired",
    (id: string) => db().token.update({ where: { id }, data: { expiresAt: new Date(0) } }),
  ],
])("the name of a token that is %s is free", async (_, end) => {
  const [mine, other] = [await aRuntimeToken(), await aRuntimeToken()];
  const instanceId = aName();
  await receiveReport(mine.actor, aReport({ instanceId }));
  expect((await listRuntimes(reader)).at(-1)).toMatchObject({ token: { hasEnded: false } });
  await end(mine.id);
  await receiveReport(other.actor, aReport({ instanceId, sequence: 2 }));
  expect(await ownerOf(instanceId)).toBe(other.id);
});

test("an admin releases a name, which is in the trail; then the next token has it", async () => {
  const [mine, other] = [await aRuntimeToken(), await aRuntimeToken()];
  const instanceId = aName();
  await receiveReport(mine.actor, aReport({ instanceId }));
  expect(await releaseName(admin, { instanceId, reason: REASON })).toEqual({ changed: true });
  expect(await releaseName(admin, { instanceId, reason: REASON })).toEqual({ changed: false });
  const events = await db().auditEvent.findMany({ where: { action: "runtime.released" } });
  expect(events).toMatchObject([
    { targetType: "token", targetId: mine.id, reason: REASON, after: { instanceId } },
  ]);
  await receiveReport(other.actor, aReport({ instanceId, sequence: 2 }));
  await expect(
    receiveReport(mine.actor, aReport({ instanceId, sequence: 3 })),
  ).rejects.toMatchObject({ code: "CONFLICT" });
});

test("only an admin releases a name; support dismisses what is silent, and nothing that is heard", async () => {
  const { instanceId } = await reportNow();
  const input = { instanceId, reason: REASON };
  const support = await aPerson("support");
  await expect(releaseName(support, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  for (const role of ["account_manager", "auditor"] as const)
    await expect(dismissRuntime(await aPerson(role), input)).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  await expect(dismissRuntime(support, input)).rejects.toMatchObject({ code: "CONFLICT" });
  await silence(instanceId);
  expect(await dismissRuntime(support, input)).toEqual({ changed: true });
  expect(await dismissRuntime(support, input)).toEqual({ changed: false });
  expect(await db().auditEvent.count({ where: { action: "runtime.dismissed" } })).toBe(1);
  const unknown = { instanceId: aName(), reason: REASON };
  await expect(dismissRuntime(support, unknown)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("without its entry in the trail nothing is dismissed and no name released", async () => {
  const { id, actor } = await aRuntimeToken();
  const instanceId = aName();
  await receiveReport(actor, aReport({ instanceId }));
  await silence(instanceId);
  await whileAuditFails(database.ownerUrl(), async () => {
    for (const verb of [dismissRuntime, releaseName])
      await expect(verb(admin, { instanceId, reason: REASON })).rejects.toThrow();
  });
  expect(await db().runtimeInstance.findUnique({ where: { instanceId } })).toMatchObject({
    tokenId: id,
    dismissedAt: null,
  });
});

const silence = (instanceId: string) =>
  withClient(database.ownerUrl(), (owner) =>
    owner.query(
      "UPDATE runtime_instance SET last_heard_at = now() - interval '2 minutes' WHERE instance_id = $1",
      [instanceId],
    ),
  );

test("a sequence or a time far ahead does not hold up what the instance says next", async () => {
  const { actor } = await aRuntimeToken();
  const soon = new Date(Date.now() + 3_500_000).toISOString();
  const now = () => new Date().toISOString();
  const cursorOf = async (instanceId: string) =>
    (await db().runtimeInstance.findUniqueOrThrow({ where: { instanceId } })).appliedCursor;
  for (const far of [
    { sequence: Number.MAX_SAFE_INTEGER },
    { sequence: Number.MAX_SAFE_INTEGER, appliedAt: soon },
    { sequence: Date.now() * 1_000, appliedAt: soon },
    { sequence: 18, appliedAt: soon },
  ]) {
    const instanceId = aName();
    await receiveReport(actor, aReport({ instanceId, sequence: 17 }));
    await receiveReport(actor, aReport({ instanceId, ...far, appliedCursor: "99.aaaaaaaa" }));
    expect(await cursorOf(instanceId)).toBe("99.aaaaaaaa");
    const next = { instanceId, sequence: 19, appliedCursor: "3.bbbbbbbb", appliedAt: now() };
    await receiveReport(actor, aReport(next));
    expect(await cursorOf(instanceId)).toBe("3.bbbbbbbb");
  }
});

test("a sequence that is ahead and yet believable holds the instance up for half a minute at most", async () => {
  const instanceId = aName();
  const appliedAt = new Date(Date.now() - 60_000).toISOString();
  await reportNow({ instanceId, sequence: 1_000_000, appliedCursor: "99.aaaaaaaa" });
  await withClient(database.ownerUrl(), (owner) =>
    owner.query("UPDATE runtime_instance SET state_at = now() - interval '31 seconds'"),
  );
  await reportNow({ instanceId, sequence: 2, appliedCursor: "3.bbbbbbbb", appliedAt });
  const row = await db().runtimeInstance.findUniqueOrThrow({ where: { instanceId } });
  expect(row).toMatchObject({ appliedCursor: "3.bbbbbbbb", lastSequence: 2n });
});

test("a refused report is recorded by name with its reason and count, until one is accepted", async () => {
  const { secret } = await aRuntimeToken();
  const other = await aRuntimeToken();
  const taken = aReport({ instanceId: aName() });
  await receiveReport(other.actor, taken);
  const instanceId = aName();
  const send = (body: unknown) => callApi("POST /api/v1/reports", { token: secret, body });
  expect((await send({ ...aReport({ instanceId }), appliedAt: "yesterday" })).status).toBe(400);
  expect((await send({ ...aReport({ instanceId }), appliedAt: "tomorrow" })).status).toBe(400);
  expect((await send({ ...taken, sequence: 2 })).status).toBe(409);
  expect((await send({ instanceId: "not a name", counts: [] })).status).toBe(400);
  expect(await listRefusedReports(reader)).toMatchObject([
    { instanceId: null, count: 1, isNameTaken: false },
    {
      instanceId: taken.instanceId,
      why: expect.stringContaining("belongs to another token"),
      isNameTaken: true,
    },
    { instanceId, count: 2, why: expect.stringContaining("appliedAt"), isNameTaken: false },
  ]);
  expect((await send(aReport({ instanceId, sequence: 3 }))).status).toBe(202);
  expect(await listRefusedReports(reader)).toMatchObject([{ instanceId: taken.instanceId }]);
  await releaseName(admin, { instanceId: taken.instanceId, reason: REASON });
  expect(await listRefusedReports(reader)).toMatchObject([
    { instanceId: taken.instanceId, isNameTaken: false },
  ]);
});

test("a token that claims names without end keeps a bounded number of them", async () => {
  const { secret } = await aRuntimeToken();
  const before = await db().refusedReport.count();
  for (let at = 0; at < 60; at += 1)
    await callApi("POST /api/v1/reports", { token: secret, body: { instanceId: aName() } });
  expect((await db().refusedReport.count()) - before).toBe(50);
});
