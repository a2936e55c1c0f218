import { beforeEach, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anEndpoint, aSystem } from "#testing/factories.ts";
import { aSilentRuntime, reportNow } from "#testing/http/report.ts";
import { rounds } from "#testing/rounds.ts";
import { db } from "../../db/client.ts";
import { watchStates } from "./watch-states.ts";

useTestDatabase();

const watcher = aSystem("webhook:deliver", "number:read", "audit:read");
let endpointId: string;

beforeEach(async () => {
  await db().webhookEndpoint.deleteMany();
  await db().runtimeInstance.deleteMany();
  await verified(true, 3n);
  await db().watchedState.deleteMany();
  ({ id: endpointId } = await anEndpoint());
});

async function watch() {
  await watchStates(watcher);
  const rows = await db().webhookDelivery.findMany({
    where: { endpointId },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ type, data }) => ({ type, data }));
}

test("a runtime that falls silent is told once, and again when it was heard in between", async () => {
  const instanceId = await aSilentRuntime();
  const { lastHeardAt } = await db().runtimeInstance.findUniqueOrThrow({ where: { instanceId } });
  const silent = {
    type: "runtime.silent",
    data: { instanceId, lastHeardAt: lastHeardAt.toISOString() },
  };
  expect(await watch()).toMatchObject([silent]);
  expect(await watch()).toHaveLength(1);
  const heard = (at: Date) =>
    db().runtimeInstance.update({ where: { instanceId }, data: { lastHeardAt: at } });
  await heard(new Date());
  expect(await watch()).toHaveLength(1);
  await heard(lastHeardAt);
  expect(await watch()).toMatchObject([silent, silent]);
});

test("a runtime that lacks a change of more than a minute ago is behind, told once", async () => {
  const { instanceId } = await reportNow();
  expect(await watch()).toEqual([]);
  await aNumber({ accepts: true });
  expect(await watch()).toEqual([]);
  const { appliedRevision } = await db().runtimeInstance.findUniqueOrThrow({
    where: { instanceId },
  });
  // As if its cursor were of a trail before a restore: it lacks everything.
  await db().runtimeInstance.update({
    where: { instanceId },
    data: { appliedCursor: `${appliedRevision + 1n}.00000000` },
  });
  const behind = { type: "runtime.behind", data: { instanceId, revisionsBehind: null } };
  expect(await watch()).toMatchObject([behind]);
  expect(await watch()).toHaveLength(1);
});

test("a runtime that is dismissed is watched no more", async () => {
  const instanceId = await aSilentRuntime();
  await watch();
  await db().runtimeInstance.update({ where: { instanceId }, data: { dismissedAt: new Date() } });
  expect(await watch()).toHaveLength(1);
  expect(await db().watchedState.findMany()).toEqual([]);
});

const verified = (isWhole: boolean, throughSeq: bigint) =>
  db().auditVerification.create({
    data: { isFull: true, isWhole, throughSeq, problem: isWhole ? null : "Edited", tookMs: 1 },
  });

test("a trail that is found broken is told once for each first bad entry", async () => {
  expect(await watch()).toEqual([]);
  const { verifiedAt } = await verified(false, 2n);
  const broken = { seq: 2, verifiedAt: verifiedAt.toISOString() };
  expect(await watch()).toEqual([{ type: "audit.broken", data: broken }]);
  await verified(false, 2n);
  expect(await watch()).toHaveLength(1);
  await verified(false, 1n);
  expect(await watch()).toHaveLength(2);
  await verified(true, 3n);
  expect(await watch()).toHaveLength(2);
  await verified(false, 1n);
  expect(await watch()).toHaveLength(3);
});

test("several consoles at once tell it once", async () => {
  for (const _ of rounds(3)) {
    await db().watchedState.deleteMany();
    await db().webhookDelivery.deleteMany();
    await db().runtimeInstance.deleteMany();
    await aSilentRuntime();
    await Promise.all([1, 2, 3].map(() => watchStates(watcher)));
    expect(await watch()).toMatchObject([{ type: "runtime.silent" }]);
  }
});

test("for an endpoint that is made later, or wants others, nothing is made up", async () => {
  await db().webhookEndpoint.deleteMany();
  await aSilentRuntime();
  await watchStates(watcher);
  ({ id: endpointId } = await anEndpoint({ events: ["flag.changed"] }));
  await aSilentRuntime();
  expect(await watch()).toEqual([]);
});

test("only the console itself watches", async () => {
  const other = aSystem("number:read", "audit:read");
  await expect(watchStates(other)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
