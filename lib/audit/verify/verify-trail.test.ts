import { beforeEach, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { rehashTrail, tamper } from "#testing/trail/tamper.ts";
import { db } from "../../db/client.ts";
import { setFlag } from "../../flags/set-flag.ts";
import { verifyTrail } from "./verify-trail.ts";

const database = useTestDatabase();
const auditor = aSystem("audit:read");

beforeEach(async () => {
  if ((await db().auditEvent.count()) > 0) return;
  const support = await aPerson("support");
  for (let i = 0; i < 12; i += 1) {
    const flip = { acceptsBsuid: true, reason: "The trail grows by one" };
    await setFlag(support, { phoneNumberId: await aNumber(), ...flip });
  }
});

test("an untouched trail is whole", async () => {
  const { headHash } = await db().ledger.findUniqueOrThrow({ where: { id: 1 } });
  const heads = {
    heads: 0,
    head: null,
    rechecked: null,
    missingFiles: null,
    journals: [],
    restores: [],
  };
  const report = {
    isWhole: true,
    events: 12,
    archivedThrough: 0,
    revision: 12,
    hash: headHash,
    ...heads,
  };
  expect(await verifyTrail(auditor)).toEqual(report);
});

test.each([
  [
    "a reason is edited",
    "UPDATE audit_event SET reason = 'Somebody else' WHERE seq = 5",
    5,
    /edited/,
  ],
  [
    "a before is edited",
    `UPDATE audit_event SET before = '{"acceptsBsuid": true}' WHERE seq = 1`,
    1,
    /edited/,
  ],
  [
    "an actor is blanked",
    "UPDATE audit_event SET actor_identity = jsonb_build_object('email', NULL, 'name', 'Pat') WHERE seq = 12",
    12,
    /edited/,
  ],
  [
    "a time is moved by a millisecond",
    "UPDATE audit_event SET occurred_at = occurred_at + interval '1 ms' WHERE seq = 7",
    7,
    /edited/,
  ],
  [
    "a value is gone, and a later entry is edited",
    "DELETE FROM private_value; UPDATE audit_event SET reason = 'Somebody else' WHERE seq = 9",
    1,
    /commits to a value that is not there/,
  ],
  [
    "hashes are taken away",
    "ALTER TABLE audit_event ALTER COLUMN hash DROP NOT NULL; UPDATE audit_event SET hash = NULL WHERE seq > 4",
    5,
    /Entry 5 is missing/,
  ],
  ["one is deleted", "DELETE FROM audit_event WHERE seq = 6", 7, /Entry 6 is missing/],
  ["the first is deleted", "DELETE FROM audit_event WHERE seq = 1", 2, /Entry 1 is missing/],
  ["the last ten are deleted", "DELETE FROM audit_event WHERE seq > 2", 3, /Entry 3 is missing/],
  [
    "two are swapped",
    "UPDATE audit_event SET seq = 99 WHERE seq = 4; UPDATE audit_event SET seq = 4 WHERE seq = 5; UPDATE audit_event SET seq = 5 WHERE seq = 99",
    4,
    /does not continue/,
  ],
  [
    "one is put before the first",
    `ALTER TABLE audit_event DROP CONSTRAINT audit_event_begins_with_1;
     INSERT INTO audit_event SELECT (jsonb_populate_record(e, jsonb_build_object('seq', 0, 'id', gen_random_uuid(),
       'revision', NULL, 'hash', repeat('a', 64)))).* FROM audit_event e WHERE seq = 1`,
    0,
    /Entry 0 is before the first/,
  ],
  [
    "one is forged at the end",
    `INSERT INTO audit_event SELECT (jsonb_populate_record(e, jsonb_build_object('seq', 13, 'id', gen_random_uuid(),
       'revision', NULL, 'prev_hash', e.hash, 'hash', repeat('a', 64)))).* FROM audit_event e WHERE seq = 12`,
    13,
    /edited/,
  ],
  [
    "a number's revision is edited",
    "UPDATE number SET flag_revision = 99 WHERE flag_revision = 3",
    3,
    /last in revision 99, and the trail says .* revision 3/,
  ],
  [
    "a number's version is edited",
    "UPDATE number SET flag_version = 7 WHERE flag_revision = 3",
    3,
    /changed 7 times/,
  ],
  [
    "a flag is switched off by hand",
    "UPDATE number SET accepts_bsuid = false WHERE flag_revision = 3",
    3,
    /changed by hand/,
  ],
])("when %s, the verifier names the first bad entry", async (_, sql, seq, problem) => {
  await tamper(database.ownerUrl(), sql, async () => {
    const report = { isWhole: false, seq, problem: expect.stringMatching(problem) };
    expect(await verifyTrail(auditor)).toEqual(report);
  });
  expect(await verifyTrail(auditor)).toMatchObject({ isWhole: true });
});

test("when a flag is switched on by hand, it is named", async () => {
  const id = await aNumber();
  await tamper(
    database.ownerUrl(),
    `UPDATE number SET accepts_bsuid = true WHERE phone_number_id = '${id}'`,
    async () => {
      const problem = expect.stringContaining(id);
      expect(await verifyTrail(auditor)).toMatchObject({ isWhole: false, problem });
    },
  );
});

test("a change from a value that the flag did not have is named, even with right hashes", async () => {
  const forge = async (owner: Parameters<typeof rehashTrail>[0]) => {
    await owner.query(`UPDATE audit_event SET before = '{"acceptsBsuid": true}' WHERE seq = 4`);
    await rehashTrail(owner, 4);
  };
  await tamper(database.ownerUrl(), forge, async () => {
    const problem = expect.stringMatching(/Entry 4 changes number \d+ from a value/);
    expect(await verifyTrail(auditor)).toEqual({ isWhole: false, seq: 4, problem });
  });
});

test("it reports after each read how many entries were checked, and of how many", async () => {
  const calls: number[][] = [];
  const onProgress = (...progress: number[]) => calls.push(progress);
  await verifyTrail(auditor, { onProgress });
  expect(calls).toEqual([[12, 12]]);
});

test("only those with audit:read verify", async () => {
  await expect(verifyTrail(await aPerson("account_manager"))).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});
