import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson } from "#testing/factories.ts";
import { db } from "../../db/client.ts";
import { inAuditedTransaction } from "../../db/transaction.ts";
import { openRequest } from "./open-request.ts";

useTestDatabase();

test("a request that asks for nothing is not opened", async () => {
  const support = await aPerson("support");
  const wish = { targets: [], reason: "A test asks for nothing" };
  const attempt = inAuditedTransaction(support, (tx) => openRequest(tx, wish));
  await expect(attempt).rejects.toThrow("asks for nothing");
  expect(await db().changeRequest.count({ where: { requestedById: support.id } })).toBe(0);
});
