import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { asOwner } from "#testing/database/as-owner.ts";
import { whileAuditFails } from "#testing/database/break-audit.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { type aPerson, aSystem } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { askOutsider, readExport } from "#testing/trail/export-file.ts";
import { anOldTrail } from "#testing/trail/old-trail.ts";
import { tamper } from "#testing/trail/tamper.ts";
import { useArchiveFolder } from "#testing/trail/use-archive-folder.ts";
import { db } from "../../db/client.ts";
import type { Prisma } from "../../db/generated/client.ts";
import {
  type AuditedTransaction,
  inAuditedTransaction,
  inPreparedTransaction,
} from "../../db/transaction.ts";
import { catchUp, loadTimeline } from "../../flags/flag-reader.ts";
import { FlagTimeline } from "../../flags/flag-timeline.ts";
import { setFlag } from "../../flags/set-flag.ts";
import { auditPageSchema } from "../../http/api/schemas/audit-schema.ts";
import { listRuntimes } from "../../runtimes/list-runtimes.ts";
import { appendEvents } from "../append-events.ts";
import type { AuditFields } from "../event.ts";
import { type Manifest, signManifest } from "../export/manifest.ts";
import { verifyExports } from "../export/verify-exports.ts";
import { getAuditEvent } from "../get-audit-event.ts";
import { auditKeys } from "../head/audit-keys.ts";
import { signHead } from "../head/signed-head.ts";
import { newAuditKeeper } from "../jobs/audit-jobs.ts";
import { verifyOnSchedule } from "../jobs/verify-on-schedule.ts";
import { verifyTrail } from "../verify/verify-trail.ts";
import { archiveTrail } from "./archive-trail.ts";
import { type Archive, toTombstone } from "./find-archive.ts";

// The entries of anOldTrail, in this order throughout.

const archives = useArchiveFolder();

const database = useTestDatabase();
const keeper = newAuditKeeper;
const { files } = archives;
const entries = () => db().auditEvent.count();
const verify = () => verifyTrail(keeper());
const owned = (sql: string) => withClient(database.ownerUrl(), (owner) => owner.query(sql));
const reason = "The trail grows by one";
let support: Awaited<ReturnType<typeof aPerson>>;
let numbers: string[];

const flip = async (phoneNumberId: string, acceptsBsuid: boolean) =>
  await setFlag(support, { phoneNumberId, acceptsBsuid, reason });

beforeAll(async () => {
  ({ support, numbers } = await anOldTrail(database.ownerUrl()));
});

const archiveAll = () => asOwner(database.ownerUrl(), () => archiveTrail(keeper()));

/** Entries up to `last`, as they would be read back from a file. */
const take = (last: number | bigint, hash = "hash") =>
  `SELECT audit_archive_entries(array_agg(seq ORDER BY seq), array_agg(${hash} ORDER BY seq), 'x', repeat('a', 64))::text
   FROM audit_event WHERE seq <= ${last}`;

test("the application's role cannot archive", async () => {
  await expect(db().$queryRawUnsafe(take(8))).rejects.toThrow("permission denied");
  const forge = `INSERT INTO audit_archive (last_seq, file, file_digest) VALUES (8, 'x', 'y')`;
  await expect(db().$executeRawUnsafe(forge)).rejects.toThrow("permission denied");
  await expect(archiveTrail(keeper())).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect([await entries(), await files()]).toEqual([12, []]);
});

test("entries leave only into an archive: nobody can delete them, and no archive is made without its entry", async () => {
  await expect(db().auditEvent.deleteMany({ where: { seq: 1n } })).rejects.toThrow();
  await expect(owned("DELETE FROM audit_event WHERE seq = 1")).rejects.toThrow("only grows");
  await expect(owned("TRUNCATE audit_event")).rejects.toThrow("only grows");
  await expect(owned("UPDATE audit_event SET seq = 0 WHERE seq = 1")).rejects.toThrow("only grows");
  await expect(owned(take(8))).rejects.toThrow("with the entry that tells");
  expect(await entries()).toBe(12);
});

test("a trail that fails verification is not archived", async () => {
  const edit = "UPDATE audit_event SET reason = 'Somebody else asked' WHERE seq = 3";
  await tamper(database.ownerUrl(), edit, async () => {
    await expect(archiveAll()).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await entries()).toBe(12);
  });
  expect(await files()).toEqual([]);
});

test("after a failure between the file and the transaction nothing has left, and the next run goes on", async () => {
  await whileAuditFails(database.ownerUrl(), async () => {
    await expect(archiveAll()).rejects.toThrow();
  });
  expect(await entries()).toBe(12);
  expect(await files()).toEqual([expect.stringMatching(/^audit-0+1-0+4-[0-9a-f]{16}\.jsonl$/)]);
  expect(await verify()).toMatchObject({ isWhole: true, archivedThrough: 0 });
});

/** Asks the database to part with entries up to `last`, with a tombstone that `change` may make a lie. */
async function submit(
  last: number,
  change: (right: AuditFields) => AuditFields = (right) => right,
  hash = "hash",
): Promise<void> {
  const lastSeq = BigInt(last);
  const prepare = async (client: Prisma.TransactionClient) => {
    await client.$queryRawUnsafe(take(last, hash));
    return await client.auditArchive.findUniqueOrThrow({ where: { lastSeq } });
  };
  const work = async (tx: AuditedTransaction, archive: Archive) => {
    const target = { type: "audit", id: "trail", display: "The audit trail" } as const;
    const after = change(toTombstone(archive));
    await appendEvents(tx, [{ action: "audit.archived", target, before: null, after }]);
    throw new Error("It was taken.");
  };
  await asOwner(database.ownerUrl(), () =>
    inPreparedTransaction(keeper(), { prepare, work, timeoutSeconds: 20 }),
  );
}

test("a correct archive is accepted", async () => {
  await expect(submit(8)).rejects.toThrow("It was taken.");
});

test.each<[string, AuditFields]>([
  ["another beginning", { firstSeq: 2, entries: 7 }],
  ["another end", { lastSeq: 7 }],
  ["another count", { entries: 7 }],
  ["another beginning of the chain", { prevHash: "b".repeat(64) }],
  ["another end of it", { lastHash: "b".repeat(64) }],
  ["another time of its end", { lastAt: "2026-01-01T00:00:00.000Z" }],
  ["another revision", { lastRevision: 3 }],
  ["another hash of its revision", { lastRevisionHash: "b".repeat(64) }],
  ["another file", { file: "y" }],
  ["another SHA-256 of the file", { fileDigest: "b".repeat(64) }],
  ["other flags", { flagsDigest: "b".repeat(64) }],
  ["more than there is", { note: "x" }],
])("a tombstone that tells of %s is refused, and nothing leaves", async (_, lie) => {
  const attempt = submit(8, (right) => ({ ...right, ...lie }));
  await expect(attempt).rejects.toThrow("tells of an archive that is not there");
  expect(await entries()).toBe(12);
});

test("no entries leave when one differs in the file", async () => {
  const read = "CASE seq WHEN 3 THEN repeat('a', 64) ELSE hash END";
  await expect(submit(8, undefined, read)).rejects.toThrow("as they were read back");
});

test("no entries leave if the last one has no signed head, or if they do not exist", async () => {
  await expect(submit(7)).rejects.toThrow("only the oldest entries leave");
  await expect(submit(13)).rejects.toThrow();
  await expect(submit(0)).rejects.toThrow();
});

test("no entries leave when one of them was taken away by hand", async () => {
  await tamper(database.ownerUrl(), "DELETE FROM audit_event WHERE seq = 3", async () => {
    await expect(submit(8)).rejects.toThrow("only the oldest entries leave");
  });
});

test("no entries younger than 90 days leave, whoever asks", async () => {
  await expect(submit(9)).rejects.toThrow("only the oldest entries leave");
});

test("an entry that tells of an archive does not come without one", async () => {
  const alone = inAuditedTransaction(keeper(), async (tx) => {
    const target = { type: "audit", id: "trail", display: "The audit trail" } as const;
    await appendEvents(tx, [{ action: "audit.archived", target, before: null, after: {} }]);
  });
  await expect(alone).rejects.toThrow("tells of an archive that is not there");
  expect(await entries()).toBe(12);
});

test("flips go on while entries are being archived", async () => {
  await tamper(database.ownerUrl(), "SELECT", async () => {
    const prepare = async (client: Prisma.TransactionClient) => {
      await client.$queryRawUnsafe(take(8));
      await flip(numbers[3] ?? "", false);
    };
    const work = () => Promise.reject(new Error("Enough of it."));
    const attempt = asOwner(database.ownerUrl(), () =>
      inPreparedTransaction(keeper(), { prepare, work, timeoutSeconds: 20 }),
    );
    await expect(attempt).rejects.toThrow("Enough of it.");
    expect(await entries()).toBe(13);
  });
});

const reader = aSystem("number:read");

/** A runtime tells what it decides by. */
async function receive(appliedCursor: string): Promise<void> {
  const state = { appliedCursor, appliedRevision: 8n, lastHeardAt: new Date() };
  await db().runtimeInstance.upsert({
    where: { instanceId: "one" },
    create: { instanceId: "one", sdk: "x/1", appliedAt: new Date(), lastSequence: 1n, ...state },
    update: state,
  });
}

test("two runs at once archive each month once, and pollers still get deltas", async () => {
  const client = new pg.Client(database.appUrl());
  await client.connect();
  const { timeline } = await loadTimeline(client);
  const { cursor, accepts } = timeline;
  const eighth = await db().auditEvent.findUniqueOrThrow({ where: { revision: 8n } });
  const loaded = { revision: 8, revisionHash: eighth.hash, accepts: [], recent: [] };
  const behind = new FlagTimeline(loaded);
  const runs = await asOwner(database.ownerUrl(), () =>
    Promise.all([archiveTrail(keeper()), archiveTrail(keeper())]),
  );
  expect(runs.filter((run) => run === null || run.length === 0)).toHaveLength(1);
  const [archives] = runs.filter((run) => run !== null && run.length > 0);
  expect(archives).toMatchObject([
    { firstSeq: 1n, lastSeq: 4n },
    { firstSeq: 5n, lastSeq: 8n, lastRevision: 8n },
  ]);
  expect(await files()).toEqual(archives?.map(({ file }) => file));
  expect(await entries()).toBe(6);

  const { timeline: after } = await loadTimeline(client);
  expect([after.cursor, after.accepts]).toEqual([cursor, accepts]);
  expect(after.changesSince("3.00000000")).toBeNull();
  await flip(numbers[0] ?? "", true);
  expect((await catchUp(client, timeline)).timeline).toBe(timeline);
  expect(timeline.changesSince(cursor)).toMatchObject([{ revision: 13, acceptsBsuid: true }]);
  expect((await catchUp(client, behind)).timeline).toBe(behind);
  expect(behind.cursor).toBe(timeline.cursor);
  const stranger = new FlagTimeline({ ...loaded, revisionHash: "a".repeat(64) });
  expect((await catchUp(client, stranger)).timeline).not.toBe(stranger);
  await client.end();

  await receive(`8.${eighth.hash.slice(0, 8)}`);
  expect(await listRuntimes(reader)).toMatchObject([{ revisionsBehind: 5 }]);
  await receive("8.aaaaaaaa");
  expect(await listRuntimes(reader)).toMatchObject([{ revisionsBehind: null }]);
});

test("the remaining trail verifies, in full and daily", async () => {
  const report = { isWhole: true, events: 15, archivedThrough: 8, revision: 13 };
  expect(await verify()).toMatchObject(report);
  expect(await verifyOnSchedule(keeper())).toMatchObject(report);
  expect(await verifyOnSchedule(keeper())).toMatchObject(report);
  const first = await getAuditEvent(keeper(), "9");
  expect(first).toMatchObject({ faults: [], previous: null });
  await expect(getAuditEvent(keeper(), "8")).rejects.toThrow("left the trail into an archive");
  expect(await archiveAll()).toEqual([]);
});

test("lists say what is archived: over the API and for a number, but not for a younger one", async () => {
  const token = await anApiToken("auditor");
  const read = async (path: string) => {
    const { body } = await callApi(`GET /api/v1/${path}`, { token });
    return auditPageSchema.parse(body);
  };
  const { lastAt } = await db().auditArchive.findUniqueOrThrow({ where: { lastSeq: 8n } });
  const archived = { throughSeq: 8, until: lastAt.toISOString() };
  expect(await read("audit?limit=1")).toMatchObject({ archived });
  expect(await read(`audit?from=${lastAt.toISOString()}`)).toMatchObject({ archived });
  const later = new Date(lastAt.getTime() + 1).toISOString();
  expect(await read(`audit?from=${later}`)).toMatchObject({ archived: null });
  const young = await read(`numbers/${numbers[3]}/history`);
  expect(young).toEqual({ items: [], nextCursor: null, archived: null });
  const sql = `UPDATE number SET created_at = now() - interval '1 year'`;
  await tamper(database.ownerUrl(), sql, async () => {
    expect(await read(`numbers/${numbers[3]}/history`)).toMatchObject({ archived });
  });
});

/** What both verifiers say of files as one trail. */
async function verifyTogether(texts: readonly string[]) {
  const { keys, signing } = auditKeys();
  const place = await mkdtemp(path.join(tmpdir(), "trails-"));
  const named = texts.map((_, index) => path.join(place, String(index)));
  for (const [index, file] of named.entries()) await writeFile(file, texts[index] ?? "");
  const exports = named.map((file, index) => ({
    file: String(index),
    chunks: createReadStream(file),
  }));
  const ours = (await verifyExports(exports, keys)).map(({ report }) => report.isWhole);
  const { code, said } = await askOutsider(named, signing.publicKey.text);
  await rm(place, { recursive: true });
  return { ours, code, said };
}

const readArchives = async () =>
  await Promise.all(
    (await files()).map((file) => readFile(path.join(archives.path, file), "utf8")),
  );

test("both verifiers accept archives and the rest, together as one trail and each alone", async () => {
  const rest = await readExport(await anApiToken("audit:read"));
  const [one = "", two = ""] = await readArchives();
  const good = [[one, two, rest], [one, two], [two, rest], [one], [two], [rest]];
  for (const texts of good) {
    const { ours, code, said } = await verifyTogether(texts);
    expect({ ours, code, said }).toMatchObject({ ours: texts.map(() => true), code: 0 });
  }
  const bad = [
    [one, rest],
    [two, one],
    [rest, one],
    [one, one],
    [one.replace("grows", "grow"), two],
  ];
  for (const texts of bad) {
    const { ours, code } = await verifyTogether(texts);
    expect([ours.at(-1), code]).toEqual([false, 1]);
  }
});

test("an archive that was rewritten and signed again is not the one in the trail", async () => {
  const [one = "", two = ""] = await readArchives();
  const rest = await readExport(await anApiToken("audit:read"));
  const lines = one.split("\n");
  const { manifest }: { manifest: Manifest } = JSON.parse(lines.at(-2) ?? "");
  const { signature: _, keyId: __, publicKey: ___, ...content } = manifest;
  const head = signHead(auditKeys().signing, { ...content.head, at: new Date() });
  const anew = { manifest: signManifest({ ...content, head }) };
  const other = [...lines.slice(0, -2), JSON.stringify(anew), ""].join("\n");
  expect(await verifyTogether([other])).toMatchObject({ ours: [true], code: 0 });
  expect(await verifyTogether([other, two])).toMatchObject({ ours: [true, true], code: 0 });
  const { ours, code, said } = await verifyTogether([other, two, rest]);
  expect([ours, code]).toEqual([[true, true, false], 1]);
  expect(said).toContain("its SHA-256 is another");
});
