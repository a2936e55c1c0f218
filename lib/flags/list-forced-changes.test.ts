import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, anAccountOfTwo, aPerson } from "#testing/factories.ts";
import { forceFlags } from "./force-flags.ts";
import { listForcedChanges } from "./list-forced-changes.ts";
import { reviewForcedChange } from "./review-forced-change.ts";

useTestDatabase();

test("forced changes wait in pages, newest first, until another admin has reviewed them", async () => {
  const [admin, other] = [await aPerson("admin"), await aPerson("admin")];
  const reasons = { reason: "Acme is down", forceReason: "Nobody else is awake" };
  const ids: string[] = [];
  for (let each = 0; each < 3; each += 1) {
    const phoneNumberId = await aNumber({ accountId: await anAccountOfTwo() });
    const changes = [{ phoneNumberId, acceptsBsuid: true }];
    const { batchId } = await forceFlags(admin, { changes, ...reasons });
    ids.unshift(batchId ?? "");
  }
  const review = { batchId: ids[1] ?? "", review: "It was right" };
  await reviewForcedChange(other, review);
  const reader = await aPerson("auditor");
  const first = await listForcedChanges(reader, { isReviewed: false, limit: 1 });
  expect(first).toMatchObject({
    total: 2,
    items: [{ batchId: ids[0], forcedBy: { id: admin.id }, reason: "Nobody else is awake" }],
  });
  const cursor = first.nextCursor ?? "";
  const second = await listForcedChanges(reader, { isReviewed: false, limit: 1, cursor });
  expect(second).toMatchObject({ items: [{ batchId: ids[2] }], nextCursor: null });
  expect(await listForcedChanges(reader, { isReviewed: true })).toMatchObject({
    items: [{ ...review, reviewedBy: { id: other.id } }],
  });
});
