import { generateKeyPairSync } from "node:crypto";
import { writeFile } from "node:fs/promises";
import type pg from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { asOwner } from "#testing/database/as-owner.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { rehashTrail, tamper } from "#testing/trail/tamper.ts";
import { useArchiveFolder } from "#testing/trail/use-archive-folder.ts";
import type { PersonActor } from "../../access/actor.ts";
import { getConfig } from "../../config.ts";
import { db } from "../../db/client.ts";
import { parseSigningKey } from "../../ed25519.ts";
import { setFlag } from "../../flags/set-flag.ts";
import { erasePeople } from "../../people/erase-people.ts";
import { renamePerson } from "../../people/rename-person.ts";
import { requestErasure } from "../../people/request-erasure.ts";
import { setPersonDisabled } from "../../people/set-person-disabled.ts";
import { archiveTrail } from "../archive/archive-trail.ts";
import { getOrSignHead } from "../head/get-or-sign-head.ts";
import { hashHead, signHead } from "../head/signed-head.ts";
import { toSignedHead } from "../head/stored-head.ts";
import { newAuditKeeper } from "../jobs/audit-jobs.ts";
import { verifyTrail } from "./verify-trail.ts";

// What somebody with the application's role, and what the owner with every trigger and constraint off,
// can try on a trail of entries, heads, a journal, private values, erased people and an archive.

const archives = useArchiveFolder();
const database = useTestDatabase();
const auditor = aSystem("audit:read");
const REASON = "Request 17 of the data protection office";

/** Where things are in the trail. */
const at = {
  erasedInArchive: 0,
  archived: 0,
  first: 0,
  renamed: 0,
  erased: 0,
  tombstone: 0,
  last: 0,
};
/** A number whose flag is as the last entry of it says, and the person who set it. */
let number = "";
let support: PersonActor;
let gone: PersonActor;

const journal = () => getConfig().audit.headJournal;
/** Two minutes later: a head that a console wrote down a moment ago may still be on its way. */
async function verify() {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 120_000 });
  try {
    return await verifyTrail(auditor, { journals: [journal()], archiveDir: archives.path });
  } finally {
    vi.useRealTimers();
  }
}

const lastSeq = async () => Number((await db().ledger.findUniqueOrThrow({ where: { id: 1 } })).seq);

async function flip(actor: PersonActor, phoneNumberId: string): Promise<void> {
  const { acceptsBsuid } = await db().number.findUniqueOrThrow({ where: { phoneNumberId } });
  await setFlag(actor, { phoneNumberId, acceptsBsuid: !acceptsBsuid, reason: REASON });
}

/** Moves what is there into the past, before any of it is signed. */
async function age(interval: string): Promise<void> {
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query(`SET session_replication_role = replica;
      UPDATE audit_event SET occurred_at = occurred_at - interval '${interval}';
      UPDATE person SET erasure_requested_at = erasure_requested_at - interval '${interval}'`);
    await rehashTrail(owner, 1);
  });
}

async function leave(admin: PersonActor, { id: personId, email }: PersonActor): Promise<void> {
  await setPersonDisabled(admin, { personId, isDisabled: true, reason: REASON });
  await requestErasure(admin, { personId, expectedEmail: email, reason: REASON });
  await age("80 hours");
  await asOwner(database.ownerUrl(), () => erasePeople(aSystem("person:erase")));
}

async function sign(): Promise<void> {
  await getOrSignHead(await db().auditEvent.findUniqueOrThrow({ where: { seq: await lastSeq() } }));
}

beforeAll(async () => {
  const admin = await aPerson("admin");
  support = await aPerson("support");
  number = await aNumber();
  const old = await aPerson("support");
  await flip(old, number);
  await leave(admin, old);
  at.erasedInArchive = await lastSeq();
  const late = await aPerson("support");
  await setPersonDisabled(admin, { personId: late.id, isDisabled: true, reason: REASON });
  await requestErasure(admin, { personId: late.id, expectedEmail: late.email, reason: REASON });
  await age("200 days");
  at.archived = await lastSeq();
  await sign();
  await asOwner(database.ownerUrl(), () => archiveTrail(newAuditKeeper()));
  at.tombstone = await lastSeq();
  gone = await aPerson("support");
  for (const actor of [gone, support, gone]) await flip(actor, number);
  at.first = at.tombstone + 1;
  await setPersonDisabled(admin, { personId: gone.id, isDisabled: true, reason: REASON });
  await requestErasure(admin, { personId: gone.id, expectedEmail: gone.email, reason: REASON });
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query(`SET session_replication_role = replica;
      UPDATE audit_event SET occurred_at = occurred_at - interval '80 hours' WHERE seq > ${at.archived};
      UPDATE person SET erasure_requested_at = erasure_requested_at - interval '80 hours' WHERE id = '${gone.id}'`);
    await rehashTrail(owner, at.tombstone);
  });
  await asOwner(database.ownerUrl(), () => erasePeople(aSystem("person:erase")));
  at.erased = await lastSeq();
  await sign();
  await renamePerson(admin, {
    personId: support.id,
    name: "Renamed",
    email: support.email,
    reason: REASON,
  });
  at.renamed = await lastSeq();
  for (let count = 0; count < 3; count += 1) {
    await flip(support, number);
    await sign();
  }
  at.last = await lastSeq();
});

test("the trail verifies before any attack", async () => {
  expect(await verify()).toMatchObject({ isWhole: true, archivedThrough: at.archived });
  expect(at.archived).toBeGreaterThan(3);
  expect(await db().privateValue.count({ where: { erasedBy: at.erased } })).toBeGreaterThan(0);
  expect(
    await db().privateValue.count({ where: { erasedBy: at.erasedInArchive } }),
  ).toBeGreaterThan(0);
});

type Attack = (owner: pg.Client) => Promise<unknown>;

/** One statement, and nothing else. */
const run =
  (sql: () => string): Attack =>
  (owner) =>
    owner.query(sql());

/** The same, with every hash from an entry on made right again, and the ledger moved. */
const forge =
  (sql: () => string, from: () => number): Attack =>
  async (owner) => {
    await owner.query(sql());
    await rehashTrail(owner, from());
  };

/** The same by somebody who also takes the heads away that show it. */
const forgeUnsigned =
  (sql: () => string, from: () => number): Attack =>
  async (owner) => {
    await forge(sql, from)(owner);
    await owner.query(`DELETE FROM audit_head WHERE seq >= ${from()}`);
  };

/** The same by somebody who signs the last head anew with a key of their own. */
const resign: Attack = async (owner) => {
  const rows = await db().auditHead.findMany({ orderBy: { place: "asc" } });
  const head = rows.at(-1);
  if (!head) return;
  const { privateKey } = generateKeyPairSync("ed25519");
  const key = parseSigningKey(String(privateKey.export({ format: "pem", type: "pkcs8" })));
  if (!key) throw new Error("There is no such key.");
  const { origin, seq, hash, previous } = toSignedHead(head);
  const anew = signHead(key, { origin, seq, hash, previous, at: head.signedAt });
  await owner.query(
    "UPDATE audit_head SET signature = $1, key_id = $2, head_hash = $3 WHERE place = $4",
    [anew.signature, anew.keyId, hashHead(anew), head.place],
  );
};

const ofFlip = () => `(SELECT origin ->> '$private' FROM audit_event WHERE seq = ${at.last})`;
const identityOf = (seq: number) =>
  `(SELECT actor_identity ->> '$private' FROM audit_event WHERE seq = ${seq})`;
const emptyOf = (commitment: string, by: number) =>
  `UPDATE private_value SET salt = NULL, value = NULL, erased_by = ${by} WHERE commitment = ${commitment}`;
const edit = (field: string, seq: () => number) => () =>
  `UPDATE audit_event SET ${field} WHERE seq = ${seq()}`;

/** What the owner tries: by what, the entry that is named, and in which words. */
const BY_OWNER: [string, Attack, () => number, RegExp][] = [
  // An entry says something else.
  ["another person", run(edit("actor_id = 'x'", () => at.last)), () => at.last, /edited/],
  [
    "another identity",
    run(edit(`actor_identity = '{"email":null,"name":"Pat"}'`, () => at.last)),
    () => at.last,
    /edited/,
  ],
  [
    "another commitment",
    run(edit(`actor_identity = '{"$private":"${"a".repeat(64)}"}'`, () => at.last)),
    () => at.last,
    /edited/,
  ],
  ["another role", run(edit("actor_role = 'admin'", () => at.last)), () => at.last, /edited/],
  [
    "another kind of actor",
    run(edit("actor_type = 'system'", () => at.last)),
    () => at.last,
    /edited/,
  ],
  [
    "another origin",
    run(edit(`origin = '{"ip":null,"userAgent":null}'`, () => at.last)),
    () => at.last,
    /edited/,
  ],
  ["another target", run(edit("target_id = '1'", () => at.last)), () => at.last, /edited/],
  [
    "another name of its target",
    run(edit("target_display = '\"+1\"'", () => at.last)),
    () => at.last,
    /edited/,
  ],
  [
    "another before",
    run(edit(`before = '{"acceptsBsuid":null}'`, () => at.last)),
    () => at.last,
    /edited/,
  ],
  [
    "another after",
    run(edit(`after = after || '{"role":"admin"}'`, () => at.last)),
    () => at.last,
    /edited/,
  ],
  [
    "another reason",
    run(edit("reason = 'Somebody asked'", () => at.first)),
    () => at.first,
    /edited/,
  ],
  [
    "a ticket",
    run(edit("ticket_url = 'https://t.example'", () => at.first)),
    () => at.first,
    /edited/,
  ],
  [
    "another action",
    run(edit("action = 'number.updated'", () => at.last)),
    () => at.last,
    /edited/,
  ],
  [
    "another outcome",
    run(edit("outcome = 'denied', revision = NULL", () => at.last)),
    () => at.last,
    /edited/,
  ],
  [
    "another time",
    run(edit("occurred_at = occurred_at - interval '1 ms'", () => at.last)),
    () => at.last,
    /edited/,
  ],
  ["another channel", run(edit("channel = 'cli'", () => at.last)), () => at.last, /edited/],
  ["another request", run(edit("request_id = 'x'", () => at.last)), () => at.last, /edited/],
  [
    "somebody it was done for",
    run(edit(`on_behalf_of = '{"id":"x"}'`, () => at.last)),
    () => at.last,
    /edited/,
  ],
  ["a batch", run(edit("batch_id = gen_random_uuid()", () => at.last)), () => at.last, /edited/],
  ["another revision", run(edit("revision = 99", () => at.last)), () => at.last, /edited/],
  ["another hash", run(edit("hash = repeat('a', 64)", () => at.last)), () => at.last, /edited/],
  [
    "another hash before it",
    run(edit("prev_hash = repeat('a', 64)", () => at.last)),
    () => at.last,
    /does not continue/,
  ],
  // Entries come, go and move.
  [
    "an entry below 1",
    run(
      () => `ALTER TABLE audit_event DROP CONSTRAINT audit_event_begins_with_1;
     INSERT INTO audit_event SELECT (jsonb_populate_record(e, jsonb_build_object('seq', -1, 'id', gen_random_uuid(),
       'revision', NULL, 'hash', repeat('a', 64)))).* FROM audit_event e WHERE seq = ${at.last}`,
    ),
    () => -1,
    /before the first/,
  ],
  [
    "an entry that left is there again",
    run(
      () => `INSERT INTO audit_event SELECT (jsonb_populate_record(e, jsonb_build_object('seq', 1,
       'id', gen_random_uuid(), 'revision', NULL, 'hash', repeat('a', 64)))).* FROM audit_event e WHERE seq = ${at.last}`,
    ),
    () => 1,
    /there again/,
  ],
  [
    "a gap",
    run(() => `DELETE FROM audit_event WHERE seq = ${at.last - 1}`),
    () => at.last,
    /is missing/,
  ],
  [
    "the first of them gone",
    run(() => `DELETE FROM audit_event WHERE seq = ${at.first}`),
    () => at.first + 1,
    /is missing/,
  ],
  [
    "two of them swapped",
    run(
      () => `UPDATE audit_event SET seq = -5 WHERE seq = ${at.first};
     UPDATE audit_event SET seq = ${at.first} WHERE seq = ${at.first + 1}; UPDATE audit_event SET seq = ${at.first + 1} WHERE seq = -5`,
    ),
    () => at.first,
    /continue/,
  ],
  [
    "the tail cut",
    run(() => `DELETE FROM audit_event WHERE seq > ${at.last - 2}`),
    () => at.last - 1,
    /is missing/,
  ],
  [
    "the tail cut, and the ledger moved",
    forge(
      () => `DELETE FROM audit_event WHERE seq > ${at.last - 2}`,
      () => at.last,
    ),
    () => at.last - 1,
    /was signed/,
  ],
  [
    "the tail cut with its heads, and the ledger moved",
    forgeUnsigned(
      () => `DELETE FROM audit_event WHERE seq > ${at.last - 2};
        UPDATE number SET flag_version = flag_version - 2, flag_revision = flag_revision - 2 WHERE flag_version > 0`,
      () => at.last - 1,
    ),
    () => at.last - 1,
    /journal/,
  ],
  [
    "an entry added at the end",
    run(
      () => `INSERT INTO audit_event SELECT (jsonb_populate_record(e, jsonb_build_object('seq', seq + 1,
       'id', gen_random_uuid(), 'revision', NULL, 'prev_hash', hash, 'hash', repeat('a', 64)))).* FROM audit_event e WHERE seq = ${at.last}`,
    ),
    () => at.last + 1,
    /edited/,
  ],
  // The chain is computed anew.
  [
    "another reason, with right hashes",
    forge(
      edit("reason = 'Somebody asked'", () => at.first),
      () => at.first,
    ),
    () => at.erased,
    /signed/,
  ],
  [
    "the same, with the heads from there on deleted",
    forgeUnsigned(
      edit("reason = 'Somebody asked'", () => at.last),
      () => at.last,
    ),
    () => at.last,
    /journal/,
  ],
  [
    "a flip turned round, with right hashes and without heads",
    forgeUnsigned(
      edit(`before = after, after = before`, () => at.last),
      () => at.last,
    ),
    () => at.last,
    /from a value/,
  ],
  // Heads.
  [
    "one head removed",
    run(() => `DELETE FROM audit_head WHERE seq = ${at.erased}`),
    () => at.last - 2,
    /heads were removed/,
  ],
  [
    "the last head removed",
    run(() => `DELETE FROM audit_head WHERE seq = ${at.last}`),
    () => at.last,
    /journal/,
  ],
  ["all heads removed", run(() => "DELETE FROM audit_head"), () => at.archived, /no good head/],
  [
    "a head's signature changed",
    run(() => `UPDATE audit_head SET signature = repeat('A', 86) || '==' WHERE seq = ${at.last}`),
    () => at.last,
    /sign/,
  ],
  [
    "a head of another entry",
    run(() => `UPDATE audit_head SET seq = seq - 1 WHERE seq = ${at.last}`),
    () => at.last - 1,
    /sign/,
  ],
  ["the last head signed by another key", resign, () => at.last, /key/],
  // The ledger and the flags.
  [
    "the ledger's hash moved",
    run(() => "UPDATE ledger SET head_hash = repeat('a', 64)"),
    () => at.last,
    /ledger/,
  ],
  [
    "the ledger's revision moved",
    run(() => "UPDATE ledger SET revision = revision + 1"),
    () => at.last,
    /ledger/,
  ],
  [
    "the ledger's revision hash moved",
    run(() => "UPDATE ledger SET revision_hash = repeat('a', 64)"),
    () => at.last,
    /ledger/,
  ],
  ["the ledger gone", run(() => "DELETE FROM ledger"), () => at.last, /ledger.* is gone/],
  ["the ledger set back", run(() => "UPDATE ledger SET seq = seq - 1"), () => at.last, /ledger/],
  [
    "a flag changed by hand",
    run(() => "UPDATE number SET accepts_bsuid = NOT accepts_bsuid WHERE flag_version > 0"),
    () => at.last,
    /by hand/,
  ],
  // Values of people.
  [
    "a value changed",
    run(
      () =>
        `UPDATE private_value SET value = '{"ip":null,"userAgent":null}' WHERE commitment = ${ofFlip()}`,
    ),
    () => at.first + 1,
    /another than/,
  ],
  [
    "a salt changed",
    run(() => `UPDATE private_value SET salt = 'AAAA' WHERE commitment = ${ofFlip()}`),
    () => at.first + 1,
    /another than/,
  ],
  [
    "two values swapped",
    run(
      () => `UPDATE private_value p SET salt = o.salt, value = o.value FROM private_value o
     WHERE p.commitment = ${ofFlip()} AND o.commitment = ${identityOf(at.last)}`,
    ),
    () => at.first + 1,
    /another than/,
  ],
  [
    "a value gone with its row",
    run(() => `DELETE FROM private_value WHERE commitment = ${ofFlip()}`),
    () => at.first + 1,
    /not there/,
  ],
  [
    "a value emptied, and nothing said",
    run(
      () => `ALTER TABLE private_value DROP CONSTRAINT private_value_is_whole_or_erased;
     UPDATE private_value SET salt = NULL, value = NULL WHERE commitment = ${ofFlip()}`,
    ),
    () => at.first + 1,
    /vanished/,
  ],
  [
    "a value emptied into another's erasure",
    run(() => emptyOf(ofFlip(), at.erased)),
    () => at.erased,
    /others are/,
  ],
  [
    "a value emptied into an erasure that left",
    run(() => emptyOf(ofFlip(), at.erasedInArchive)),
    () => at.erasedInArchive,
    /others are/,
  ],
  [
    "a value emptied by an entry that is none",
    run(() => emptyOf(ofFlip(), at.last)),
    () => at.first + 1,
    /no entry/,
  ],
  [
    "a value of somebody erased put back",
    run(
      () => `UPDATE private_value SET salt = 'AAAA', value = '"x"', erased_by = NULL
     WHERE commitment = ${identityOf(at.first)}`,
    ),
    () => at.first,
    /another than/,
  ],
  [
    "an erased value's row gone",
    run(() => `DELETE FROM private_value WHERE commitment = ${identityOf(at.first)}`),
    () => at.first,
    /not there/,
  ],
  [
    "erased values said to be somebody else's",
    run(
      () => `UPDATE private_value SET person_id = '${support.id}' WHERE erased_by = ${at.erased}`,
    ),
    () => at.first,
    /somebody else/,
  ],
  [
    "an identity said to be somebody else's",
    run(
      () =>
        `UPDATE private_value SET person_id = '${gone.id}' WHERE commitment = ${identityOf(at.last)}`,
    ),
    () => at.first + 1,
    /somebody else/,
  ],
  [
    "an identity said to be nobody's",
    run(
      () => `UPDATE private_value SET person_id = NULL WHERE commitment = ${identityOf(at.last)}`,
    ),
    () => at.first + 1,
    /somebody else/,
  ],
  [
    "an erasure of fewer values",
    run(edit(`after = after || '{"count":1}'`, () => at.erased)),
    () => at.erased,
    /edited/,
  ],
  // Archives.
  [
    "a person erased whom nobody asked for",
    async (owner) => {
      const seq = (await lastSeq()) + 1;
      const of = `FROM private_value WHERE person_id = '${support.id}'`;
      await owner.query(`
        INSERT INTO audit_event SELECT (jsonb_populate_record(e, jsonb_build_object('seq', ${seq},
          'id', gen_random_uuid(), 'revision', NULL, 'hash', repeat('a', 64), 'action', 'person.erased',
          'target_type', 'person', 'target_id', '${support.id}', 'before', NULL, 'after',
          (SELECT jsonb_build_object('count', count(*), 'digest', encode(sha256(convert_to(
            string_agg(commitment || E'\\n', '' ORDER BY commitment COLLATE "C"), 'UTF8')), 'hex')) ${of})))).*
        FROM audit_event e WHERE seq = ${at.last};
        UPDATE private_value SET salt = NULL, value = NULL, erased_by = ${seq} WHERE person_id = '${support.id}'`);
      await rehashTrail(owner, seq);
    },
    () => at.last + 1,
    /nobody|no entry of somebody else asks/,
  ],
  [
    "a name said to be the actor's, not the target's",
    run(
      () => `UPDATE private_value SET person_id = (SELECT actor_id::uuid FROM audit_event WHERE seq = ${at.renamed})
        WHERE commitment = (SELECT after -> 'name' ->> '$private' FROM audit_event WHERE seq = ${at.renamed})`,
    ),
    () => at.renamed,
    /somebody else/,
  ],
  [
    "a flag said to be set by somebody else",
    run(
      () =>
        `UPDATE number SET flag_changed_by_id = '${gone.id}' WHERE phone_number_id = '${number}'`,
    ),
    () => at.last,
    /by hand/,
  ],
  [
    "a flag said to be set at another time",
    run(() => `UPDATE number SET flag_changed_at = now() WHERE phone_number_id = '${number}'`),
    () => at.last,
    /by hand/,
  ],
  [
    "an invalid time",
    run(edit("occurred_at = 'infinity'", () => at.last)),
    () => at.last,
    /an invalid time/,
  ],
  [
    "a head with an invalid time",
    run(() => `UPDATE audit_head SET signed_at = 'infinity' WHERE seq = ${at.last}`),
    () => at.last,
    /an invalid time/,
  ],
  ...["[1]", '"x"', '{"x": {"$private": 5}}', '{"x": [1]}', '{"x": 1e400}'].map(
    (json): [string, Attack, () => number, RegExp] => [
      `${json} in place of fields`,
      run(edit(`after = '${json}'`, () => at.last)),
      () => at.last,
      /not the form of an entry/,
    ],
  ),
  [
    "a forged archive",
    run(
      () =>
        `UPDATE audit_archive SET last_seq = ${at.first}; DELETE FROM audit_event WHERE seq = ${at.first}`,
    ),
    () => at.first + 1,
    /continue/,
  ],
  [
    "an archive's file said to be another",
    run(() => "UPDATE audit_archive SET file_digest = repeat('a', 64)"),
    () => at.tombstone,
    /does not tell/,
  ],
  [
    "the flags at its end changed",
    run(() => "UPDATE audit_archive SET flags = replace(flags, ' 1 ', ' 0 ')"),
    () => at.first,
    /from a value/,
  ],
  [
    "the erasures at its end changed",
    run(() => "UPDATE audit_archive SET flags = regexp_replace(flags, 'erased .*', '')"),
    () => at.tombstone,
    /attests/,
  ],
  [
    "the archive forgotten",
    run(() => "DELETE FROM audit_archive"),
    () => at.tombstone,
    /Entry 1 is missing/,
  ],
];

test.each(BY_OWNER)("by the owner, with every guard off: %s", async (_, attack, seq, words) => {
  await tamper(database.ownerUrl(), attack, async () => {
    const report = await verify();
    expect(report).toMatchObject({ isWhole: false, problem: expect.stringMatching(words) });
    expect(report).toMatchObject({ seq: seq() });
  });
});

test("a missing journal is reported as missing, never as agreeing", async () => {
  await tamper(database.ownerUrl(), "SELECT", async () => {
    await writeFile(journal(), "");
    expect(await verify()).toMatchObject({ journals: [{ heads: 0, since: null }] });
  });
});

/** The next entry of the trail, with right hashes as far as the database looks, and something else in it. */
const next = (change: string) => () =>
  `INSERT INTO audit_event SELECT (jsonb_populate_record(e, jsonb_build_object('seq', l.seq + 1,
     'id', gen_random_uuid(), 'revision', NULL, 'hash', repeat('a', 64), 'prev_hash', l.head_hash,
     'occurred_at', now(), ${change}))).* FROM audit_event e, ledger l WHERE e.seq = l.seq`;

const BY_APPLICATION: [string, () => string][] = [
  ["dates an entry back", next("'occurred_at', now() - interval '73 hours'")],
  ["dates an entry ahead", next("'occurred_at', now() + interval '1 hour'")],
  ["writes an invalid time", next("'occurred_at', 'infinity'")],
  ["names a person openly", next(`'actor_identity', '{"email":"x@staff.test","name":"X"}'::jsonb`)],
  ["names an address openly", next(`'origin', '{"ip":"192.0.2.1","userAgent":null}'::jsonb`)],
  [
    "names somebody openly as a target",
    next(`'target_type', 'person', 'target_display', '"Somebody"'::jsonb`),
  ],
  ["writes a list for fields", next("'after', '[1]'::jsonb")],
  ["writes levels into fields", next(`'after', '{"x":{"y":1}}'::jsonb`)],
  ["writes a number that programs differ in", next(`'after', '{"x":9007199254740993}'::jsonb`)],
  ["writes a commitment that is none", next(`'after', '{"x":{"$private":5}}'::jsonb`)],
  [
    "asks for an erasure in an entry alone",
    () =>
      next(`'action', 'person.erasure_requested', 'before', NULL, 'after', NULL, 'target_type', 'person',
      'target_id', '${support.id}', 'target_display', e.actor_identity`)(),
  ],
  [
    "asks for an erasure in the record alone",
    () =>
      `UPDATE person SET erasure_requested_at = now() - interval '80 hours' WHERE id = '${support.id}'`,
  ],
  [
    "says that somebody was erased",
    () => `UPDATE person SET erased_at = now() WHERE id = '${support.id}'`,
  ],
  [
    "brings somebody erased back",
    () => `UPDATE person SET erased_at = NULL WHERE id = '${gone.id}'`,
  ],
  [
    "adds a value that does not give its commitment",
    () =>
      `INSERT INTO private_value (commitment, holder, salt, value) VALUES (repeat('a', 64), 'x', 's', '"v"')`,
  ],
  ["edits an entry", () => `UPDATE audit_event SET reason = 'x' WHERE seq = ${at.last}`],
  ["removes an entry", () => `DELETE FROM audit_event WHERE seq = ${at.last}`],
  ["empties the trail", () => "TRUNCATE audit_event"],
  [
    "adds an entry that continues nothing",
    () => `INSERT INTO audit_event SELECT (jsonb_populate_record(e, jsonb_build_object('seq', seq + 1,
       'id', gen_random_uuid(), 'revision', NULL, 'hash', repeat('a', 64)))).* FROM audit_event e WHERE seq = ${at.last}`,
  ],
  [
    "archives",
    () => `SELECT audit_archive_entries(ARRAY[${at.first}]::bigint[], ARRAY['x'], 'f', 'd')`,
  ],
  [
    "says that something was archived",
    () => "INSERT INTO audit_archive (first_seq, last_seq) VALUES (1, 2)",
  ],
  ["empties a value", () => emptyOf(ofFlip(), at.erased)],
  ["removes a value", () => `DELETE FROM private_value WHERE commitment = ${ofFlip()}`],
  [
    "adds a value that was erased before it came",
    () =>
      `INSERT INTO private_value (commitment, holder, erased_by) VALUES (repeat('a', 64), 'x', ${at.erased})`,
  ],
  ["changes a head", () => "UPDATE audit_head SET seq = seq - 1"],
  ["removes a head", () => "DELETE FROM audit_head"],
  ["begins another origin", () => `INSERT INTO audit_origin (since_seq) VALUES (${at.last})`],
  ["moves the ledger", () => "UPDATE ledger SET head_hash = 'x'"],
  ["turns the guards off", () => "SET session_replication_role = replica"],
  ["takes a guard away", () => "ALTER TABLE audit_event DISABLE TRIGGER ALL"],
  [
    "puts a table of its own before the trail",
    () => "CREATE TEMPORARY TABLE audit_event (seq bigint)",
  ],
  [
    "puts a function of its own beside it",
    () => "CREATE FUNCTION public.x() RETURNS int LANGUAGE sql RETURN 1",
  ],
];

test.each(BY_APPLICATION)("the application's role that %s is refused", async (_, sql) => {
  await expect(db().$executeRawUnsafe(sql())).rejects.toThrow(
    /permission denied|must be owner|continue the chain|whole|another form|of the time|together with|the record of the person/,
  );
  expect(await verify()).toMatchObject({ isWhole: true });
});
