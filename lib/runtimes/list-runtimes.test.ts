import { beforeEach, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { reportNow } from "#testing/http/report.ts";
import { db } from "../db/client.ts";
import { setFlag } from "../flags/set-flag.ts";
import { dismissRuntime } from "./dismiss-runtime.ts";
import { listRuntimes } from "./list-runtimes.ts";
import { readLiveState } from "./read-live-state.ts";

const database = useTestDatabase();
const reader = aSystem("number:read");

const query = (sql: string) => withClient(database.ownerUrl(), (owner) => owner.query(sql));

beforeEach(async () => {
  await query("DELETE FROM runtime_instance; DELETE FROM report_receipt");
});

/** A flag change; returns its revision. */
async function flip(): Promise<number> {
  const phoneNumberId = await aNumber();
  const change = { phoneNumberId, acceptsBsuid: true, reason: "A test of the runtimes" };
  return (await setFlag(aSystem("flag:set"), change)).number.flagRevision;
}

const hearAgo = (instanceId: string, ago: string) =>
  query(`UPDATE runtime_instance SET last_heard_at = now() - interval '${ago}'
         WHERE instance_id = '${instanceId}'`);

test("without runtimes nothing is live, and none is waited for", async () => {
  expect(await listRuntimes(reader)).toEqual([]);
  const nobody = { live: 0, total: 0, silent: 0, waitingFor: [], secondsAfterChange: null };
  expect(await readLiveState(reader, 0)).toEqual(nobody);
});

test("an instance is up to date, then behind, with its lag", async () => {
  await reportNow({ instanceId: "rt-1" });
  expect(await listRuntimes(reader)).toMatchObject([
    { instanceId: "rt-1", sdk: "test/1.0.0", revisionsBehind: 0, lagSeconds: 0, isLive: true },
  ]);
  const revision = await flip();
  await flip();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const [runtime] = await listRuntimes(reader);
  expect(runtime).toMatchObject({ revisionsBehind: 2, appliedRevision: revision - 1 });
  expect(runtime?.lagSeconds).toBeGreaterThan(0.04);
  expect(runtime?.lagSeconds).toBeLessThan(10);
});

test("a change is live once every instance has reported it, with the time that it took", async () => {
  await reportNow({ instanceId: "rt-1" });
  await reportNow({ instanceId: "rt-2" });
  const revision = await flip();
  await reportNow({ instanceId: "rt-1" });
  const waiting = await readLiveState(reader, revision);
  expect(waiting).toMatchObject({
    live: 1,
    total: 2,
    waitingFor: [{ instanceId: "rt-2" }],
    secondsAfterChange: null,
  });
  await reportNow({ instanceId: "rt-2" });
  const live = await readLiveState(reader, revision);
  expect(live).toMatchObject({ live: 2, total: 2, waitingFor: [] });
  expect(live.secondsAfterChange).toBeGreaterThanOrEqual(0);
  expect(live.secondsAfterChange).toBeLessThan(10);

  // A later change does not make this one seem slower.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await flip();
  await reportNow({ instanceId: "rt-1" });
  await reportNow({ instanceId: "rt-2" });
  expect(await readLiveState(reader, revision)).toEqual(live);
});

test("an instance whose clock is wrong is not faster than the change, nor slower than its word", async () => {
  const revision = await flip();
  await reportNow({ instanceId: "slow", appliedAt: "2024-01-01T00:00:00Z" });
  expect((await readLiveState(reader, revision)).secondsAfterChange).toBe(0);
  const ahead = new Date(Date.now() + 1_800_000).toISOString();
  await reportNow({ instanceId: "fast", appliedAt: ahead });
  expect((await readLiveState(reader, revision)).secondsAfterChange).toBeLessThan(10);
});

test("a state of another timeline is not live, however high its revision", async () => {
  const revision = await flip();
  await reportNow({ instanceId: "other", appliedCursor: `${revision}.00000000` });
  await reportNow({ instanceId: "future", appliedCursor: `${revision + 100}.12345678` });
  for (const runtime of await listRuntimes(reader)) {
    expect(runtime).toMatchObject({ revisionsBehind: null, lagSeconds: null, isLive: true });
  }
  expect(await readLiveState(reader, revision)).toMatchObject({ live: 0, total: 2 });
});

test("a silent instance stays in the total, listed and waited for, until it is dismissed or reports its end", async () => {
  const revision = await flip();
  for (const instanceId of ["a", "b", "c", "d"]) await reportNow({ instanceId });
  const later = await flip();
  await reportNow({ instanceId: "a" });
  await hearAgo("b", "61 seconds");
  await hearAgo("c", "25 hours");
  await reportNow({ instanceId: "d", closing: true });
  expect(await listRuntimes(reader)).toMatchObject([
    { instanceId: "a", isLive: true },
    { instanceId: "b", isLive: false },
    { instanceId: "c", isLive: false },
  ]);
  expect(await readLiveState(reader, revision)).toMatchObject({ live: 3, total: 3 });
  expect(await readLiveState(reader, later)).toMatchObject({
    live: 1,
    total: 3,
    waitingFor: [
      { instanceId: "c", isSilent: true },
      { instanceId: "b", isSilent: true },
    ],
  });
  const support = await aPerson("support");
  await dismissRuntime(support, { instanceId: "c", reason: "Switched off for good" });
  expect(await readLiveState(reader, later)).toMatchObject({ live: 1, total: 2 });
  await reportNow({ instanceId: "c" });
  expect(await readLiveState(reader, later)).toMatchObject({ live: 2, total: 3 });
});

test("of very many waiting instances all are counted, and the first hundred listed", async () => {
  const heard = { lastHeardAt: new Date(Date.now() - 3_600_000), lastSequence: 1n };
  const applied = { appliedCursor: "0.00000000", appliedRevision: 0n, appliedAt: new Date() };
  const ids = Array.from({ length: 150 }, (_, index) => `many-${index}`);
  await db().runtimeInstance.createMany({
    data: ids.map((instanceId) => ({ instanceId, sdk: "x/1", ...heard, ...applied })),
  });
  await reportNow({ instanceId: "a" });
  const { revision } = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  const state = await readLiveState(reader, Number(revision) + 1);
  expect(state).toMatchObject({ live: 0, total: 151, silent: 150 });
  expect(state.waitingFor).toHaveLength(100);
});

test("an instance that reported its end is counted again with its next report", async () => {
  await reportNow({ instanceId: "a", closing: true });
  expect(await listRuntimes(reader)).toEqual([]);
  await reportNow({ instanceId: "a", sequence: Date.now() + 1 });
  expect(await listRuntimes(reader)).toMatchObject([{ instanceId: "a" }]);
});

test("an instance's refusal is listed as it reported it", async () => {
  const since = new Date(Date.now() - 60_000).toISOString();
  const refusal = { what: "flags", status: 403, since, until: null } as const;
  await reportNow({ instanceId: "a", refusal });
  expect(await listRuntimes(reader)).toMatchObject([{ refusal }]);
});

test("neither is returned without number:read, or for an invalid revision", async () => {
  const stranger = aSystem("report:write");
  await expect(listRuntimes(stranger)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(readLiveState(stranger, 0)).rejects.toMatchObject({ code: "FORBIDDEN" });
  for (const revision of [-1, 0.5, Number.NaN, 2 ** 60]) {
    await expect(readLiveState(reader, revision)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  }
});
