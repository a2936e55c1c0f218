import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { asOwner } from "#testing/database/as-owner.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anOldTrail } from "#testing/trail/old-trail.ts";
import { rehashTrail, tamper } from "#testing/trail/tamper.ts";
import { useArchiveFolder } from "#testing/trail/use-archive-folder.ts";
import { db } from "../../db/client.ts";
import { toInserts } from "../append-events.ts";
import { hashEvent } from "../event.ts";
import { newAuditKeeper } from "../jobs/audit-jobs.ts";
import { verifyOnSchedule } from "../jobs/verify-on-schedule.ts";
import { CommitmentSet } from "../private/commitment-set.ts";
import { toSignedEvent } from "../to-signed-event.ts";
import { verifyTrail } from "../verify/verify-trail.ts";
import { archiveTrail } from "./archive-trail.ts";
import { type Archive, digestFlags, toTombstone } from "./find-archive.ts";

// A superuser with every trigger silenced. Entries 1 to 4 and 5 to 8 left; 13 and 14 tell of it.

const archives = useArchiveFolder();

const database = useTestDatabase();
const keeper = newAuditKeeper;
const { files } = archives;
const verify = () => verifyTrail(keeper());

beforeAll(async () => {
  const { numbers, flip } = await anOldTrail(database.ownerUrl());
  await asOwner(database.ownerUrl(), () => archiveTrail(keeper()));
  await flip(numbers[0] ?? "");
});

test.each<[string, string, string]>([
  ["an entry is edited", "UPDATE audit_event SET reason = 'Another' WHERE seq = 10", "edited"],
  ["the next is deleted", "DELETE FROM audit_event WHERE seq = 9", "Entry 9 is missing"],
  [
    "the file's digest is edited in the tombstone",
    `UPDATE audit_event SET after = after || '{"fileDigest": "x"}' WHERE seq = 14`,
    "edited",
  ],
  [
    "the file's digest is edited in the archive",
    "UPDATE audit_archive SET file_digest = repeat('a', 64) WHERE flags IS NOT NULL",
    "does not tell of the archive",
  ],
  [
    "the kept flags are edited",
    "UPDATE audit_archive SET flags = flags || ' ' WHERE flags IS NOT NULL",
    "not those that entry 14 attests",
  ],
  [
    "the archive's end is edited",
    "UPDATE audit_archive SET last_hash = repeat('a', 64) WHERE flags IS NOT NULL",
    "not the one that was signed",
  ],
  ["the archive is deleted", "DELETE FROM audit_archive WHERE by_seq = 14", "Entry 5 is missing"],
  [
    "a flag of an archived entry is changed by hand",
    "UPDATE number SET accepts_bsuid = false WHERE flag_revision = 6",
    "changed by hand",
  ],
  [
    "the first archive is deleted, and its tombstone tells of it still",
    "DELETE FROM audit_archive WHERE last_seq = 4",
    "Entry 1 is in no archive",
  ],
  [
    "the first archive's file is another",
    "UPDATE audit_archive SET file_digest = repeat('a', 64) WHERE last_seq = 4",
    "entry 13 does not tell of the archive",
  ],
  [
    "the first archive does not end where the next begins",
    "UPDATE audit_archive SET last_hash = repeat('a', 64) WHERE last_seq = 4",
    "Entry 5 is in no archive",
  ],
  [
    "the head at the archive's end is deleted",
    "DELETE FROM audit_head WHERE seq = 8",
    "heads were removed",
  ],
  [
    "an entry is there again",
    `INSERT INTO audit_event SELECT (jsonb_populate_record(e, jsonb_build_object('seq', 7, 'revision', 7,
      'id', gen_random_uuid(), 'hash', repeat('a', 64)))).* FROM audit_event e WHERE seq = 9`,
    "is there again",
  ],
])("after archiving, when %s, the verifier finds it", async (_, sql, words) => {
  await tamper(database.ownerUrl(), sql, async () => {
    const problem = expect.stringContaining(words);
    expect(await verify()).toMatchObject({ isWhole: false, problem });
  });
  expect(await verify()).toMatchObject({ isWhole: true });
});

/**
 * What a superuser does who knows every rule, to hide entries 9 and on: takes them away, with a
 * right tombstone at the end of the chain and an archive that agrees with it.
 */
async function bury(owner: pg.Client, last: number, lie: Partial<Archive>): Promise<void> {
  const entry = await db().auditEvent.findUniqueOrThrow({ where: { seq: BigInt(last) } });
  const before = await db().auditArchive.findUniqueOrThrow({ where: { lastSeq: 8n } });
  const [kept] = await db().$queryRaw<{ flags: string }[]>`SELECT audit_flags_at(${last}) AS flags`;
  const flags = kept?.flags ?? "";
  const end = await db().auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
  const archive: Archive = {
    bySeq: end.seq + 1n,
    firstSeq: 9n,
    lastSeq: entry.seq,
    prevHash: before.lastHash,
    lastHash: entry.hash,
    lastAt: entry.occurredAt,
    lastRevision: BigInt(last),
    lastRevisionHash: entry.hash,
    file: "audit-of-nothing",
    fileDigest: "a".repeat(64),
    flagsDigest: digestFlags(flags),
    ...lie,
  };
  const unhashed = {
    ...toSignedEvent(end),
    seq: Number(archive.bySeq),
    id: crypto.randomUUID(),
    occurredAt: new Date().toISOString(),
    action: "audit.archived",
    after: toTombstone(archive),
    revision: null,
    prevHash: end.hash,
  };
  const tombstone = { ...unhashed, hash: hashEvent(unhashed) };
  for (const { text, values } of toInserts([tombstone], new CommitmentSet(new Map()))) {
    await owner.query(text, [...values]);
  }
  await owner.query("UPDATE ledger SET seq = $1, head_hash = $2", [tombstone.seq, tombstone.hash]);
  await owner.query(`DELETE FROM audit_event WHERE seq <= ${last}`);
  await owner.query("UPDATE audit_archive SET flags = NULL");
  const columns = `by_seq, first_seq, last_seq, prev_hash, last_hash, last_at, last_revision,
    last_revision_hash, file, file_digest, flags_digest, flags`;
  const row = { ...archive, lastAt: archive.lastAt.toISOString(), flags };
  const places = Object.keys(row).map((_, place) => `$${place + 1}`);
  const content = Object.values(row).map(String);
  await owner.query(
    `INSERT INTO audit_archive (${columns}) VALUES (${places.join(", ")})`,
    content,
  );
}

const longAgo = { lastAt: new Date(Date.now() - 200 * 24 * 3_600_000) };

test.each<[string, number, Partial<Archive>, string]>([
  ["that are too young", 9, {}, "were not 90 days old"],
  ["said to be old, where no head was signed", 10, longAgo, "no good head was signed"],
  ["said to begin elsewhere", 9, { ...longAgo, firstSeq: 10n }, "Entry 9 is in no archive"],
])("entries %s cannot be buried under a forged tombstone", async (_, last, lie, words) => {
  await tamper(
    database.ownerUrl(),
    (owner) => bury(owner, last, lie),
    async () => {
      const problem = expect.stringContaining(words);
      expect(await verify()).toMatchObject({ isWhole: false, problem });
    },
  );
});

test("a forged tombstone without a file is reported", async () => {
  const archiveDir = archives.path;
  expect(await verifyTrail(keeper(), { archiveDir })).toMatchObject({ missingFiles: [] });
  await tamper(
    database.ownerUrl(),
    (owner) => bury(owner, 9, longAgo),
    async () => {
      const missingFiles = ["audit-of-nothing"];
      expect(await verifyTrail(keeper(), { archiveDir })).toMatchObject({ missingFiles });
    },
  );
});

test("a file that was changed is named with the first entry in it", async () => {
  const [one = "", two = ""] = (await files()).map((file) => path.join(archives.path, file));
  const text = await readFile(two, "utf8");
  await writeFile(two, await readFile(one, "utf8"));
  const report = await verifyTrail(keeper(), { archiveDir: archives.path });
  const problem = expect.stringContaining("Entries 5 to 8 left into the file audit-");
  expect(report).toEqual({ isWhole: false, seq: 5, problem });
  await withClient(database.ownerUrl(), (owner) =>
    owner.query("SET session_replication_role = replica; DELETE FROM audit_verification"),
  );
  expect(await verifyOnSchedule(keeper())).toEqual(report);
  await writeFile(two, text);
});

test("an entry about an archive that never existed is named", async () => {
  const forge = async (owner: pg.Client) => {
    await owner.query(`UPDATE audit_event SET action = 'audit.archived' WHERE seq = 15`);
    await rehashTrail(owner, 15);
    await owner.query("DELETE FROM audit_head WHERE seq >= 15");
  };
  await tamper(database.ownerUrl(), forge, async () => {
    const problem = expect.stringContaining("Entry 15 tells of an archive that is not there");
    expect(await verify()).toEqual({ isWhole: false, seq: 15, problem });
  });
});

test("the daily check compares numbers with the flags that were kept, too", async () => {
  const edit = "UPDATE number SET accepts_bsuid = false WHERE flag_revision = 6";
  await tamper(database.ownerUrl(), edit, async () => {
    expect(await verifyOnSchedule(keeper())).toMatchObject({ isWhole: false });
  });
});
