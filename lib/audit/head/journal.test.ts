import { appendFile, readFile, truncate, writeFile } from "node:fs/promises";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { asOwner } from "#testing/database/as-owner.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aSystem } from "#testing/factories.ts";
import { rehashTrail, tamper } from "#testing/trail/tamper.ts";
import { getConfig } from "../../config.ts";
import { db } from "../../db/client.ts";
import { exportTrail } from "../export/export-trail.ts";
import { verifyTrail } from "../verify/verify-trail.ts";
import { auditKeys } from "./audit-keys.ts";
import { appendToJournal, readJournal, readLastOfJournal } from "./head-journal.ts";
import { headTrouble } from "./head-trouble.ts";
import { readHead } from "./read-head.ts";
import { hashHead, NO_HEAD, type SignedHead, signHead } from "./signed-head.ts";
import { toSignedHead } from "./stored-head.ts";
import { thinHeads } from "./thin-heads.ts";

const database = useTestDatabase();
const reader = aSystem("audit:read");
const file = () => getConfig().audit.headJournal;

/** What a file of the test has for a journal at its beginning; each test may add to it. */
let whole = "";
const heads: SignedHead[] = [];

beforeAll(async () => {
  for (let count = 1; count <= 4; count += 1) {
    await aNumber({ accepts: true });
    heads.push(await readHead(reader));
  }
  whole = await readFile(file(), "utf8");
});

beforeEach(() => writeFile(file(), whole));

async function listJournal(): Promise<SignedHead[]> {
  const all: SignedHead[] = [];
  for await (const head of readJournal(file())) all.push(head);
  return all;
}

const verify = (journals = [file()]) => verifyTrail(reader, { journals });

test("every head is in the journal of the console that signed it", async () => {
  expect(await listJournal()).toEqual(heads);
  expect(await verify()).toMatchObject({
    isWhole: true,
    journals: [{ file: file(), heads: 4, since: heads[0]?.signedAt }],
  });
});

test("an empty journal agrees with nothing", async () => {
  await writeFile(file(), "");
  expect(await verify()).toMatchObject({ journals: [{ heads: 0, since: null }] });
});

test("an incomplete line after a crash is ignored, and overwritten by the next head", async () => {
  await appendFile(file(), '{"origin":"01');
  expect(await readLastOfJournal(file())).toEqual(heads[3]);
  expect(await listJournal()).toEqual(heads);
  await appendToJournal(file(), { notStored: hashHead(heads[3] as SignedHead) });
  expect(await listJournal()).toEqual(heads.slice(0, 3));
});

test("a journal with one incomplete line has no head", async () => {
  await truncate(file(), 20);
  expect(await readLastOfJournal(file())).toBeNull();
});

test("a damaged line is reported, and no head is signed", async () => {
  await appendFile(file(), "not a head\n");
  await expect(readHead(reader)).rejects.toThrow(
    /journal of signed heads .* line of it is damaged/,
  );
  await expect(verify()).rejects.toThrow("line 5 is damaged");
});

test("a head that was not stored because the console was killed is stored by the next run", async () => {
  const remove = `DELETE FROM audit_head WHERE seq = 4`;
  await tamper(database.ownerUrl(), remove, async () => {
    expect(await readHead(reader)).toEqual(heads[3]);
    expect(await db().auditHead.count()).toBe(4);
    expect(await verify()).toMatchObject({ isWhole: true, heads: 4 });
  });
});

test("a head that was not stored before another console signed is taken back", async () => {
  const [, , third, last] = heads as [SignedHead, SignedHead, SignedHead, SignedHead];
  const orphan = { ...last, signedAt: new Date(Date.parse(third.signedAt) + 1).toISOString() };
  await appendFile(file(), `${JSON.stringify(orphan)}\n`);
  expect(await readHead(reader)).toEqual(last);
  await aNumber({ accepts: true });
  const next = await readHead(reader);
  expect(next.previous).toBe(hashHead(last));
  expect((await listJournal()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  whole = await readFile(file(), "utf8");
});

type Attack = [what: string, sql: string, problem: RegExp];

test.each<Attack>([
  ["the last head is removed", "DELETE FROM audit_head WHERE seq >= 4", /head of entry 4.*journal/],
  ["a head is removed", "DELETE FROM audit_head WHERE seq = 2", /entry 3.*heads were removed/],
  [
    "a head is removed and the others move up",
    "DELETE FROM audit_head WHERE seq = 2; UPDATE audit_head SET place = place - 1 WHERE seq > 2",
    /entry 3.*does not follow the head before it/,
  ],
  [
    "a head's hash is edited",
    "UPDATE audit_head SET head_hash = repeat('a', 64) WHERE seq = 2",
    /entry 2.*edited/,
  ],
  [
    "a head is of another origin",
    "UPDATE audit_head SET origin = gen_random_uuid() WHERE seq = 5",
    /entry 5/,
  ],
])("%s: it is noticed", async (_, sql, problem) => {
  await tamper(database.ownerUrl(), sql, async () => {
    vi.useFakeTimers({ now: Date.now() + 120_000, toFake: ["Date"] });
    const report = await verify();
    vi.useRealTimers();
    expect(report).toMatchObject({ isWhole: false, problem: expect.stringMatching(problem) });
  });
});

test("when entries are gone with their heads, nothing is signed, and the problem is reported", async () => {
  const restore = async (owner: Parameters<typeof rehashTrail>[0]) => {
    await owner.query(`DELETE FROM audit_head WHERE seq > 3; DELETE FROM audit_event WHERE seq > 3;
      UPDATE number SET accepts_bsuid = false, flag_version = 0, flag_revision = 0 WHERE flag_revision > 3;
      UPDATE ledger SET revision = 3`);
    await rehashTrail(owner, 4);
  };
  await tamper(database.ownerUrl(), restore, async () => {
    await expect(readHead(reader)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringMatching(/signed entry 5 .* npm run audit:restored/),
    });
    const entries = await db().auditEvent.count();
    await expect(exportTrail(reader, {})).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await db().auditEvent.count()).toBe(entries);
    expect(headTrouble()).toContain("restored to an earlier state, or rewritten");
    expect(await db().auditHead.count()).toBe(3);
    expect(await verify()).toMatchObject({
      isWhole: false,
      seq: 4,
      problem: expect.stringContaining("Entry 4 is missing: it was signed on"),
    });
    // Without the journal nothing in the database tells of it.
    expect(await verify([])).toMatchObject({ isWhole: true });
  });
  await readHead(reader);
  expect(headTrouble()).toBeNull();
});

test("the owner can thin out old heads to one a day, and journal and database still agree", async () => {
  const age = async (client: Parameters<typeof rehashTrail>[0]) => {
    await client.query("UPDATE audit_head SET signed_at = signed_at - interval '40 days'");
    await resign(client);
  };
  await tamper(database.ownerUrl(), age, async () => {
    const keeper = aSystem("audit:keep");
    await expect(thinHeads(keeper)).rejects.toThrow("permission denied");
    const heads = await db().auditHead.count();
    expect(await asOwner(database.ownerUrl(), () => thinHeads(keeper))).toBe(heads - 1);
    expect(await verify()).toMatchObject({ isWhole: true, heads: 1 });
    expect(await asOwner(database.ownerUrl(), () => thinHeads(keeper))).toBe(0);
    // A console that signed for the last time that day, and not as the last of all.
    const lines = (await readFile(file(), "utf8")).split("\n");
    await writeFile(file(), `${lines.slice(0, 2).join("\n")}\n`);
    await expect(readHead(reader)).resolves.toMatchObject({ seq: heads });
  });
});

/** As they would have been signed at the times that they have now, in table and journal. */
async function resign(client: Parameters<typeof rehashTrail>[0]): Promise<void> {
  const rows = await db().auditHead.findMany({ orderBy: { place: "asc" } });
  let previous = NO_HEAD;
  let journal = "";
  for (const row of rows) {
    const { origin, seq, hash, signedAt } = toSignedHead(row);
    const head = signHead(auditKeys().signing, {
      ...{ origin, seq, hash, previous },
      at: new Date(signedAt),
    });
    const headHash = hashHead(head);
    await client.query(
      "UPDATE audit_head SET previous = $1, signature = $2, head_hash = $3 WHERE place = $4",
      [previous, head.signature, headHash, row.place],
    );
    previous = headHash;
    journal += `${JSON.stringify(head)}\n`;
  }
  await writeFile(file(), journal);
}
