import { expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { aBatch } from "#testing/batches.ts";
import { asOwner } from "#testing/database/as-owner.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson } from "#testing/factories.ts";
import { rehashTrail } from "#testing/trail/tamper.ts";
import { useArchiveFolder } from "#testing/trail/use-archive-folder.ts";
import { archiveTrail } from "../audit/archive/archive-trail.ts";
import { getOrSignHead } from "../audit/head/get-or-sign-head.ts";
import { newAuditKeeper } from "../audit/jobs/audit-jobs.ts";
import { db } from "../db/client.ts";
import { getBatch } from "./get-batch.ts";
import { undoBatch } from "./undo-batch.ts";

useArchiveFolder();

const database = useTestDatabase();

test("a batch whose entries left into an archive says where they are", async () => {
  const batchId = await aBatch([await aNumber(), await aNumber()]);
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query(`SET session_replication_role = replica;
      UPDATE audit_event SET occurred_at = now() - interval '7 months'`);
    await rehashTrail(owner, 1);
  });
  await getOrSignHead(await db().auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } }));
  await aBatch([await aNumber()]);
  await asOwner(database.ownerUrl(), () => archiveTrail(newAuditKeeper()));

  const actor = await aPerson("admin");
  const words = { code: "NOT_FOUND", message: expect.stringContaining("into an archive") };
  await expect(getBatch(actor, batchId)).rejects.toMatchObject(words);
  const undo = undoBatch(actor, { batchId, reason: "It was the wrong account" });
  await expect(undo).rejects.toMatchObject(words);
});
