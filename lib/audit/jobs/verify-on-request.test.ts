import type { Client } from "pg";
import { beforeAll, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import type { PersonActor } from "../../access/actor.ts";
import { db } from "../../db/client.ts";
import { newAuditKeeper } from "./audit-jobs.ts";
import { readVerification } from "./read-verification.ts";
import { readVerificationRun } from "./read-verification-run.ts";
import { requestVerification } from "./request-verification.ts";
import { runVerification } from "./run-verification.ts";
import { beginRequested } from "./verification-run.ts";
import { Verifier } from "./verifier.ts";
import { verifyOnRequest } from "./verify-on-request.ts";
import { verifyOnSchedule } from "./verify-on-schedule.ts";

const database = useTestDatabase();
const reader = aSystem("audit:read");
const readRun = () => readVerificationRun(reader);
const verify = () => verifyOnRequest(newAuditKeeper());
const countResults = () => db().auditVerification.count();
let auditor: PersonActor;

beforeAll(async () => {
  auditor = await aPerson("auditor");
});

/** As if nothing had been heard from the run since. */
async function silence(seconds: number): Promise<void> {
  await db()
    .$executeRaw`UPDATE audit_verification_run SET seen_at = seen_at - make_interval(secs => ${seconds})`;
}

/** Holds what a verification reads last, so that it is under way meanwhile. */
async function whileFlagsAreHeld(work: (owner: Client) => Promise<void>): Promise<void> {
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query("BEGIN; LOCK TABLE number IN ACCESS EXCLUSIVE MODE");
    await work(owner);
    await owner.query("ROLLBACK");
  });
}

test("an empty trail is verified through entry 0", async () => {
  expect(await readRun()).toBeNull();
  expect(await verify()).toBeNull();
  await requestVerification(auditor);
  await verify();
  expect(await readVerification(reader)).toMatchObject({ isWhole: true, throughSeq: 0 });
});

test("of two concurrent requests one is taken, one of two consoles runs it, and the result names who asked", async () => {
  for (let i = 0; i < 3; i += 1) await aNumber({ accepts: true });
  const other = await aPerson("admin");
  const asked = await Promise.all([requestVerification(auditor), requestVerification(other)]);
  expect(asked.toSorted()).toEqual([false, true]);
  const askedBy = (asked[0] ? auditor : other).name;
  expect(await readRun()).toMatchObject({ state: "requested", askedBy, begunAt: null });
  const before = await countResults();
  const reports = await Promise.all([verify(), verify()]);
  expect(reports.filter((report) => report !== null)).toHaveLength(1);
  expect(await countResults()).toBe(before + 1);
  expect(await readRun()).toMatchObject({ state: "done", askedBy, failure: null });
  const whole = { isWhole: true, isFull: true, firstSeq: 1, throughSeq: 3, missingFiles: [] };
  const result = await readVerification(reader);
  expect(result).toMatchObject({ ...whole, askedBy, rechecked: null });
  expect(result?.tookMs).toBeGreaterThan(0);
});

test("while one runs everybody sees its progress, and no other one begins", async () => {
  await requestVerification(auditor);
  await whileFlagsAreHeld(async (owner) => {
    const verifying = verify();
    const progress = { state: "running", entriesRead: 3, ofEntries: 3, askedBy: auditor.name };
    await expect.poll(readRun, { interval: 20 }).toMatchObject(progress);
    expect(await requestVerification(await aPerson("admin"))).toBe(false);
    expect(await verify()).toBeNull();
    expect(await verifyOnSchedule(newAuditKeeper())).toBeNull();
    await owner.query("ROLLBACK");
    expect(await verifying).toMatchObject({ isWhole: true });
  });
});

test("the schedule's own run is under way in the same way, and waits for who asked", async () => {
  await whileFlagsAreHeld(async (owner) => {
    const verifying = verifyOnSchedule(newAuditKeeper());
    await expect.poll(readRun, { interval: 20 }).toMatchObject({ state: "running", askedBy: null });
    expect(await requestVerification(auditor)).toBe(false);
    await owner.query("ROLLBACK");
    await verifying;
  });
  expect(await readVerification(reader)).toMatchObject({ isFull: false, askedBy: null });
  await requestVerification(auditor);
  expect(await verifyOnSchedule(newAuditKeeper())).toBeNull();
  expect(await verify()).toMatchObject({ isWhole: true, rechecked: null });
});

test("a run that is not heard from blocks nobody, and its result does not count", async () => {
  const before = await countResults();
  await requestVerification(auditor);
  const id = crypto.randomUUID();
  const begun = await beginRequested(id);
  const findScope = async () => {
    await silence(29);
    expect(await requestVerification(auditor)).toBe(false);
    await silence(2);
    expect(await readRun()).toMatchObject({ state: "failed", failure: "silent" });
    expect(await requestVerification(auditor)).toBe(true);
    return { since: null };
  };
  const run = { id, askedById: null, ...begun };
  const dead = runVerification(newAuditKeeper(), { run, findScope });
  await expect(dead).rejects.toThrow("was not heard from for a while");
  expect(await readRun()).toMatchObject({ state: "requested" });
  expect(await countResults()).toBe(before);
  expect(await verify()).toMatchObject({ isWhole: true });
});

test("a request that no console has begun is reported, and begun by the next console", async () => {
  await requestVerification(auditor);
  await silence(31);
  expect(await readRun()).toMatchObject({ state: "failed", failure: "unclaimed" });
  expect(await verify()).toMatchObject({ isWhole: true });
  expect(await readRun()).toMatchObject({ state: "done" });
});

test("a database that becomes unavailable meanwhile is reported, and blocks nobody", async () => {
  const before = await countResults();
  await requestVerification(auditor);
  await whileFlagsAreHeld(async (owner) => {
    const verifying = expect(verify()).rejects.toThrow();
    const end = async () => {
      const { rowCount } = await owner.query(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE relation = 'number'::regclass AND NOT granted",
      );
      return rowCount;
    };
    await expect.poll(end, { interval: 20 }).toBe(1);
    await verifying;
  });
  expect(await readRun()).toMatchObject({ state: "failed", failure: "unavailable" });
  expect(await countResults()).toBe(before);
  expect(await requestVerification(auditor)).toBe(true);
});

test("a console that stops reports its run as stopped", async () => {
  await requestVerification(auditor);
  const verifier = new Verifier();
  await whileFlagsAreHeld(async () => {
    verifier.start({ isRequested: true });
    await expect.poll(readRun, { interval: 20 }).toMatchObject({ entriesRead: 3 });
    await verifier.stop();
  });
  expect(await readRun()).toMatchObject({ state: "failed", failure: "stopped" });
  expect(await requestVerification(auditor)).toBe(true);
});

test("a locked table is reported", async () => {
  await requestVerification(auditor);
  await whileFlagsAreHeld(async () => {
    await expect(verify()).rejects.toThrow();
  });
  expect(await readRun()).toMatchObject({ state: "failed", failure: "locked" });
});
