import { beforeEach, expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson, aSystem } from "#testing/factories.ts";
import { RACE } from "#testing/rounds.ts";
import { db } from "../db/client.ts";
import { forgetOldReports } from "./forget-old-reports.ts";

const database = useTestDatabase();
const retention = aSystem("report:forget");

beforeEach(async () => {
  await withClient(database.ownerUrl(), (owner) =>
    owner.query(`
      DELETE FROM traffic_count; DELETE FROM report_receipt; DELETE FROM runtime_instance;
      INSERT INTO traffic_count (phone_number_id, hour, legacy)
      SELECT '1', date_trunc('hour', now() - age::interval, 'UTC'), 1
      FROM unnest('{13 months 1 hour,12 months,0}'::text[]) AS age;
      INSERT INTO report_receipt (instance_id, sequence, applied_revision, applied_at, received_at)
      SELECT 'rt', place, 0, now(), now() - age::interval
      FROM unnest('{49 hours,47 hours}'::text[]) WITH ORDINALITY AS r(age, place);
      INSERT INTO runtime_instance (instance_id, sdk, applied_cursor, applied_revision, applied_at,
                                    last_sequence, last_heard_at)
      SELECT 'rt-' || place, 'test/1', '0.00000000', 0, now(), 1, now() - age::interval
      FROM unnest('{8 days,6 days}'::text[]) WITH ORDINALITY AS r(age, place)`),
  );
});

async function countRows() {
  return {
    counts: await db().trafficCount.count(),
    receipts: await db().reportReceipt.count(),
    instances: await db().runtimeInstance.count(),
  };
}

test("old rows are deleted, and no others", async () => {
  expect(await forgetOldReports(retention)).toEqual({ counts: 1, receipts: 1, instances: 1 });
  expect(await countRows()).toEqual({ counts: 2, receipts: 1, instances: 1 });
  expect(await forgetOldReports(retention)).toEqual({ counts: 0, receipts: 0, instances: 0 });
});

test("while another console deletes, this one does nothing", async () => {
  await withClient(database.ownerUrl(), async (other) => {
    await other.query("BEGIN; SELECT pg_advisory_xact_lock(hashtext('bsuid-console old reports'))");
    expect(await forgetOldReports(retention)).toBeNull();
  });
  expect(await countRows()).toEqual({ counts: 3, receipts: 2, instances: 2 });
});

test("several at once delete each row once", RACE, async () => {
  const all = await Promise.all([1, 2, 3, 4].map(() => forgetOldReports(retention)));
  expect(all.reduce((sum, forgotten) => sum + (forgotten?.counts ?? 0), 0)).toBe(1);
});

test("the application cannot change a receipt, or empty a table", async () => {
  for (const statement of [
    "UPDATE report_receipt SET sequence = sequence + 1",
    "TRUNCATE report_receipt",
    "TRUNCATE traffic_count",
    "TRUNCATE runtime_instance",
  ]) {
    await expect(db().$executeRawUnsafe(statement)).rejects.toThrow("permission denied");
  }
});

test("only the console itself can delete", async () => {
  for (const actor of [await aPerson("admin"), aSystem("report:write")]) {
    await expect(forgetOldReports(actor)).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
  expect((await countRows()).counts).toBe(3);
});
