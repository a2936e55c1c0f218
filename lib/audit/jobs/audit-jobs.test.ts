import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { rehashTrail, tamper } from "#testing/trail/tamper.ts";
import { refusals } from "../../access/refusal-log.ts";
import { getConfig } from "../../config.ts";
import { db } from "../../db/client.ts";
import { findArchive } from "../archive/find-archive.ts";
import { findLastHead, readHead } from "../head/read-head.ts";
import { verifyTrail } from "../verify/verify-trail.ts";
import { newAuditKeeper, startAuditJobs } from "./audit-jobs.ts";
import { deliverHead } from "./deliver-head.ts";
import { readVerification } from "./read-verification.ts";
import { verifyOnSchedule } from "./verify-on-schedule.ts";

let keeper: Server;
let status = 500;
let answersAfterMs = 0;
let onReceived = () => {};
const received: unknown[] = [];

beforeAll(async () => {
  keeper = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    if (status === 200) {
      received.push(JSON.parse(body));
      onReceived();
    }
    await setTimeout(answersAfterMs);
    response.writeHead(status).end();
  }).listen(0, "127.0.0.1");
  await once(keeper, "listening");
  process.env.AUDIT_HEAD_URL = `http://127.0.0.1:${(keeper.address() as AddressInfo).port}/heads`;
});
afterAll(() => keeper.close());

const database = useTestDatabase();
const reader = aSystem("audit:read");
const verify = () => verifyOnSchedule(newAuditKeeper());

test("before the first verification there is no result", async () => {
  expect(await readVerification(reader)).toBeNull();
});

test("sending the day's head is retried until the receiver has it, and then not repeated", async () => {
  await aNumber({ accepts: true });
  await expect(deliverHead(newAuditKeeper())).rejects.toThrow("answered 500");
  expect(received).toEqual([]);
  status = 200;
  await deliverHead(newAuditKeeper());
  expect(received).toEqual([]);
  await restAfterAttempts("1 minute");
  await Promise.all([deliverHead(newAuditKeeper()), deliverHead(newAuditKeeper())]);
  await deliverHead(newAuditKeeper());
  expect(received).toEqual([expect.objectContaining({ seq: 1, signature: expect.any(String) })]);
  const receivers = (await db().auditHeadDelivery.findMany()).map(({ receiver }) => receiver);
  expect(receivers.sort()).toEqual([process.env.AUDIT_HEAD_URL, "log"]);
});

/** As if it had passed since. */
async function restAfterAttempts(time: string): Promise<void> {
  await withClient(database.ownerUrl(), (owner) =>
    owner.query(`SET session_replication_role = replica;
      UPDATE audit_head_attempt SET begun_at = begun_at - interval '${time}'`),
  );
}

/** As if it were the next day. */
async function forgetDeliveries(): Promise<void> {
  await withClient(database.ownerUrl(), (owner) =>
    owner.query(`SET session_replication_role = replica;
      DELETE FROM audit_head_attempt; DELETE FROM audit_head_delivery`),
  );
  received.length = 0;
}

test("a receiver that answers after six seconds gets the head once, and no transaction waits for it", async () => {
  await forgetDeliveries();
  answersAfterMs = 6_000;
  const delivery = deliverHead(newAuditKeeper());
  await expect.poll(() => received.length, { timeout: 5_000 }).toBe(1);
  const waiting = await withClient(database.ownerUrl(), (owner) =>
    owner.query(
      // What holds the turn has written nothing and sees nothing old.
      `SELECT query, backend_xid, backend_xmin FROM pg_stat_activity WHERE datname = current_database()
        AND state LIKE 'idle in transaction%' AND (backend_xid IS NOT NULL OR backend_xmin IS NOT NULL)`,
    ),
  );
  expect(waiting.rows).toEqual([]);
  await delivery;
  await restAfterAttempts("1 day");
  await deliverHead(newAuditKeeper());
  expect(received).toHaveLength(1);
  // The receiver answers after six seconds.
}, 20_000);

test("a receiver that never answers is retried after a minute, then two, and at least once an hour", async () => {
  await forgetDeliveries();
  answersAfterMs = 60_000;
  const attempt = async () => {
    const ends = new AbortController();
    onReceived = () => ends.abort();
    return await deliverHead(newAuditKeeper(), ends.signal).catch((error: Error) => error.name);
  };
  expect(await attempt()).toBe("AbortError");
  for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
    await restAfterAttempts(`${minutes * 60 - 5} seconds`);
    expect(await attempt()).toBeUndefined();
    await restAfterAttempts("5 seconds");
    expect(await attempt()).toBe("AbortError");
  }
  expect(received).toHaveLength(9);
  await forgetDeliveries();
  answersAfterMs = 0;
  onReceived = () => {};
});

test("the first verification is full, the next covers what came since, and the results are stored", async () => {
  expect(await verify()).toMatchObject({ isWhole: true, events: 1 });
  expect(await readVerification(reader)).toMatchObject({ isFull: true, throughSeq: 1 });
  await aNumber({ accepts: true });
  await aNumber({ accepts: true });
  expect(await verify()).toMatchObject({ isWhole: true, events: 3, revision: 3 });
  expect(await readVerification(reader)).toMatchObject({
    isFull: false,
    isWhole: true,
    throughSeq: 3,
    problem: null,
    rechecked: { firstSeq: 1, lastSeq: 1 },
    fullAt: expect.any(Date),
    head: { seq: 3, keyId: expect.stringMatching(/^[0-9a-f]{16}$/) },
  });
});

test("a head that was signed since the verification is the last one", async () => {
  const verified = await findLastHead(reader);
  expect(verified).toMatchObject({ seq: 3 });
  await aNumber({ accepts: true });
  const signed = await readHead(reader);
  expect(signed.seq).toBe(4);
  expect(await findLastHead(reader)).toEqual(signed);
  expect(await readVerification(reader)).toMatchObject({ head: { seq: 3 } });
});

test.each([
  ["edited", "UPDATE audit_event SET reason = 'Somebody else' WHERE seq = 5", 5, "edited"],
  ["deleted", "DELETE FROM audit_event WHERE seq = 4", 5, "Entry 4 is missing"],
  [
    "that was verified before edited",
    "UPDATE audit_event SET reason = 'Somebody else' WHERE seq = 2",
    2,
    "edited",
  ],
  ["that was verified before deleted", "DELETE FROM audit_event WHERE seq = 3", 3, ""],
  ["that was the first deleted", "DELETE FROM audit_event WHERE seq = 1", 2, "Entry 1 is missing"],
  [
    "of an old flag made untrue by hand",
    "UPDATE number SET accepts_bsuid = false WHERE flag_revision = 2",
    2,
    "changed by hand",
  ],
  [
    "verified last replaced",
    "UPDATE audit_event SET hash = repeat('a', 64) WHERE seq = 3",
    3,
    "not the one that was signed",
  ],
])(
  "an entry %s since is found, and the next verification is of all again",
  async (_, sql, seq, words) => {
    while ((await db().auditEvent.count()) < 5) await aNumber({ accepts: true });
    await withClient(database.ownerUrl(), (owner) =>
      owner.query(`SET session_replication_role = replica;
      DELETE FROM audit_verification WHERE NOT is_whole OR through_seq > 3; DELETE FROM audit_head WHERE seq > 3`),
    );
    await writeFile(getConfig().audit.headJournal, "");
    await tamper(database.ownerUrl(), sql, async () => {
      const problem = expect.stringContaining(words);
      expect(await verify()).toEqual({ isWhole: false, seq, problem });
      const latest = { isWhole: false, isFull: false, throughSeq: seq, problem, head: null };
      expect(await readVerification(reader)).toMatchObject(latest);
    });
    expect(await verify()).toMatchObject({ isWhole: true });
    expect(await readVerification(reader)).toMatchObject({ isFull: true });
  },
);

test("a long trail is rechecked part by part, and then from its beginning", async () => {
  const since = await readHead(reader);
  expect(since.seq).toBe(5);
  const readAfter = (recheckAfter: number) =>
    verifyTrail(reader, { since, recheckAfter, mostRechecked: 3 });
  expect(await readAfter(0)).toMatchObject({ rechecked: { firstSeq: 1, lastSeq: 3 } });
  expect(await readAfter(3)).toMatchObject({ rechecked: { firstSeq: 4, lastSeq: 5 } });
  expect(await readAfter(5)).toMatchObject({ rechecked: { firstSeq: 1, lastSeq: 3 } });
  const edit = "UPDATE audit_event SET reason = 'Somebody else' WHERE seq = 4";
  await tamper(database.ownerUrl(), edit, async () => {
    expect(await readAfter(0)).toMatchObject({ isWhole: true });
    expect(await readAfter(3)).toMatchObject({ isWhole: false, seq: 4 });
  });
  await tamper(database.ownerUrl(), "DELETE FROM audit_event WHERE seq = 3", async () => {
    const problem = "Entry 3 is missing: it was there before.";
    expect(await readAfter(0)).toEqual({ isWhole: false, seq: 3, problem });
    expect(await readAfter(3)).toEqual({ isWhole: false, seq: 3, problem });
  });
});

test("a head of an old entry that is not of our key any more is found when it is read again", async () => {
  const since = await readHead(reader);
  const edit = "UPDATE audit_head SET signature = repeat('A', 86) || '==' WHERE seq = 3";
  await tamper(database.ownerUrl(), edit, async () => {
    expect(await verifyTrail(reader, { since })).toMatchObject({ isWhole: false, seq: 3 });
  });
});

test("after a week the verification is full again", async () => {
  await verify();
  await withClient(database.ownerUrl(), (owner) =>
    owner.query(`SET session_replication_role = replica;
      UPDATE audit_verification SET verified_at = verified_at - interval '8 days' WHERE is_full`),
  );
  await verify();
  expect(await readVerification(reader)).toMatchObject({ isFull: true });
});

test("results and deliveries cannot be rewritten by the application", async () => {
  await expect(db().auditVerification.updateMany({ data: { isWhole: true } })).rejects.toThrow();
  await expect(db().auditHeadDelivery.deleteMany()).rejects.toThrow();
  await expect(db().auditHeadAttempt.deleteMany()).rejects.toThrow();
});

test("only the console itself runs the jobs, and only readers see the result", async () => {
  const admin = await aPerson("admin");
  await expect(verifyOnSchedule(admin)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(deliverHead(admin)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const manager = await aPerson("account_manager");
  await expect(readVerification(manager)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a running console signs, and verifies in a thread of its own, and archives nothing", async () => {
  await refusals().flush();
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query(`SET session_replication_role = replica;
      DELETE FROM audit_verification; DELETE FROM audit_head;
      UPDATE audit_event SET occurred_at = date_trunc('month', now()) - interval '6 months'`);
    await rehashTrail(owner, 1);
    await owner.query("UPDATE ledger SET revision_hash = head_hash WHERE revision = seq");
  });
  await writeFile(getConfig().audit.headJournal, "");
  await aNumber({ accepts: true });
  process.env.AUDIT_RETENTION_DAYS = "90";
  const stop = startAuditJobs(1);
  const isDone = async () => (await readVerification(reader))?.isWhole === true;
  await expect.poll(isDone, { timeout: 30_000 }).toBe(true);
  await stop();
  expect(await findArchive(db())).toBeNull();
});
