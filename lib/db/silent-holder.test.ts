import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber, aPerson, aSystem } from "#testing/factories.ts";
import { setFlags } from "../flags/set-flags.ts";
import { inAuditedTransaction } from "./transaction.ts";

useTestDatabase();

// As PostgreSQL sees a console behind a network that was cut: a connection that says nothing.
test("a holder of the ledger that goes silent loses it before others give up waiting", async () => {
  const support = await aPerson("support");
  const changes = [{ phoneNumberId: await aNumber(), acceptsBsuid: true }];
  const { promise: isHeld, resolve: tellHeld } = Promise.withResolvers<void>();
  const silent = inAuditedTransaction(aSystem("flag:set"), async () => {
    tellHeld();
    await wait(4_000);
  });
  const outcome = silent.then(
    () => "committed",
    () => "ended",
  );
  await isHeld;
  const { changed } = await setFlags(support, { changes, reason: "Does not wait for the silent" });
  expect(changed).toHaveLength(1);
  expect(await outcome).toBe("ended");
});
