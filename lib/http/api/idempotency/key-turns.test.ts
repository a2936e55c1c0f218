import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { inKeyTurn } from "./key-turns.ts";

useTestDatabase();

/** Starts turns that last until they are let go. */
function hold(count: number, options?: { isLocal: boolean }) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const turns = Array.from({ length: count }, (_, index) =>
    inKeyTurn(`held ${index}`, () => promise, options),
  );
  return { turns, letGo: resolve };
}

test("while four others are being carried out one waits five seconds at most, and then a slot is free for the next", async () => {
  const { turns, letGo } = hold(4);
  const startedAt = performance.now();
  const late = inKeyTurn("late", async () => "done");
  await expect(late).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(performance.now() - startedAt).toBeLessThan(6_000);
  const next = inKeyTurn("late", async () => "done");
  letGo();
  expect(await next).toBe("done");
  await Promise.all(turns);
  const { turns: again, letGo: letAllGo } = hold(4);
  letAllGo();
  await Promise.all(again);
}, 15_000);

test("what sends something out keeps no other waiting", async () => {
  const { turns, letGo } = hold(6, { isLocal: true });
  expect(await inKeyTurn("other", async () => "done")).toBe("done");
  letGo();
  await Promise.all(turns);
});
