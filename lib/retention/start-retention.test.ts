import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { withClient } from "#postgres/with-client.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson } from "#testing/factories.ts";
import { db } from "../db/client.ts";
import { startRetention } from "./start-retention.ts";

const database = useTestDatabase();

const YEARS_AGO = new Date("2020-01-01T00:00:00Z");

/** An old row for each of the verbs that delete. */
async function makeOld(): Promise<void> {
  const { id: personId } = await aPerson("support");
  const subject = randomUUID();
  const notice = { personId, kind: "request.outcome", subject, data: {}, updatedAt: YEARS_AGO };
  await db().notice.create({ data: notice });
  await db().refusalWindow.create({ data: { key: subject, startedAt: YEARS_AGO } });
  await db().trafficCount.create({ data: { phoneNumberId: "1", hour: YEARS_AGO } });
}

const countRows = async () => [
  await db().trafficCount.count(),
  await db().refusalWindow.count(),
  await db().notice.count(),
];

test("the server's job deletes what is old, and a failure of one kind keeps no other", async () => {
  await makeOld();
  const stop = startRetention(0);
  await expect.poll(countRows).toEqual([0, 0, 0]);
  await stop();
  await makeOld();
  await withClient(database.ownerUrl(), async (owner) => {
    await owner.query("REVOKE DELETE ON traffic_count FROM bsuid_console_app");
    const stopFailing = startRetention(0);
    await expect.poll(countRows).toEqual([1, 0, 0]);
    await stopFailing();
    await owner.query("GRANT DELETE ON traffic_count TO bsuid_console_app");
  });
});
