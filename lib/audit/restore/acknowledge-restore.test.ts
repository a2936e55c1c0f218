import { writeFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { asOwner } from "#testing/database/as-owner.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aSystem } from "#testing/factories.ts";
import { rehashTrail, tamper } from "#testing/trail/tamper.ts";
import { getConfig } from "../../config.ts";
import { db } from "../../db/client.ts";
import { inAuditedTransaction } from "../../db/transaction.ts";
import { appendEvents } from "../append-events.ts";
import { readHead } from "../head/read-head.ts";
import { NO_HEAD } from "../head/signed-head.ts";
import { verifyTrail } from "../verify/verify-trail.ts";
import { acknowledgeRestore } from "./acknowledge-restore.ts";

const database = useTestDatabase();
const reader = aSystem("audit:read");
const owner = aSystem("audit:restore");
const journals = () => [getConfig().audit.headJournal];
const input = () => ({ reason: "The disk of the database was lost", journals: journals() });

beforeAll(async () => {
  for (let count = 1; count <= 5; count += 1) {
    await aNumber({ accepts: true });
    await readHead(reader);
  }
});

/** As a backup of the time after entry 3 would leave it. */
async function restore(client: Parameters<typeof rehashTrail>[0]): Promise<void> {
  await client.query(`DELETE FROM audit_head WHERE seq > 3; DELETE FROM audit_event WHERE seq > 3;
    UPDATE number SET accepts_bsuid = false, flag_version = 0, flag_revision = 0 WHERE flag_revision > 3;
    UPDATE ledger SET revision = 3`);
  await rehashTrail(client, 4);
  await client.query("UPDATE ledger SET revision_hash = head_hash");
}

test("a trail that lost nothing cannot be acknowledged as restored", async () => {
  await expect(
    asOwner(database.ownerUrl(), () => acknowledgeRestore(owner, input())),
  ).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("goes on from entry 5"),
  });
});

test("a restore that the owner acknowledges begins a new origin, and says what was lost", async () => {
  await tamper(database.ownerUrl(), restore, async () => {
    await expect(readHead(reader)).rejects.toMatchObject({ code: "CONFLICT" });
    const said = await asOwner(database.ownerUrl(), () => acknowledgeRestore(owner, input()));
    expect(said).toMatchObject({ restoredToSeq: 3, lastSeq: 5 });

    const head = await readHead(reader);
    expect(head).toMatchObject({ origin: said.origin, seq: 4, previous: NO_HEAD });
    await aNumber({ accepts: true });
    await aNumber({ accepts: true });
    await readHead(reader);
    const report = await verifyTrail(reader, { journals: journals() });
    expect(report).toMatchObject({
      isWhole: true,
      restores: [{ bySeq: 4, lost: { firstSeq: 4, lastSeq: 5 }, by: owner.name }],
    });
    await expect(
      asOwner(database.ownerUrl(), () => acknowledgeRestore(owner, input())),
    ).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });
  await writeFile(getConfig().audit.headJournal, "");
});

test("the application's role cannot acknowledge a restore, and changes nothing", async () => {
  const before = await db().auditEvent.count();
  const after = { origin: "018f0000-0000-4000-8000-000000000000" };
  const target = { type: "audit", id: "trail", display: "The audit trail" } as const;
  const forge = inAuditedTransaction(owner, (tx) =>
    appendEvents(tx, [{ action: "audit.restored", target, before: null, after }]),
  );
  await expect(forge).rejects.toThrow("only the owner of the database says");
  const insert = db().auditOrigin.create({ data: { sinceSeq: 3n } });
  await expect(insert).rejects.toThrow(/permission denied|denied access/);
  expect(await db().auditEvent.count()).toBe(before);
});

test("an origin without its entry is refused, and found if the guards were off", async () => {
  await expect(
    asOwner(database.ownerUrl(), () => db().auditOrigin.create({ data: { sinceSeq: 3n } })),
  ).rejects.toThrow("no entry tells of it");
  const forged = "INSERT INTO audit_origin (since_seq) VALUES (3)";
  await tamper(database.ownerUrl(), forged, async () => {
    expect(await verifyTrail(reader)).toMatchObject({
      isWhole: false,
      seq: 3,
      problem: expect.stringContaining("No entry tells why"),
    });
  });
});

test("only an actor with audit:restore may acknowledge a restore", async () => {
  await expect(acknowledgeRestore(reader, input())).rejects.toMatchObject({ code: "FORBIDDEN" });
});
