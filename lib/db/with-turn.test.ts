import { afterAll, beforeAll, expect, test } from "vitest";
import { startTcpProxy } from "#testing/database/tcp-proxy.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { withOwnQueryLimit } from "./query-limit.ts";
import { withTurn } from "./with-turn.ts";

const database = useTestDatabase();
let network: Awaited<ReturnType<typeof startTcpProxy>>;

beforeAll(async () => {
  network = await startTcpProxy(database.port());
  process.env.DIRECT_DATABASE_URL = database.appUrl(network.port);
});
afterAll(() => network.close());

test("a turn whose network goes silent ends, and blocks nobody who waits for its work", async () => {
  const done = withOwnQueryLimit(async (limit) => {
    return await withTurn("a test", async () => {
      network.dropSilently();
      limit.milliseconds = 200;
      return "done";
    });
  });
  expect(await done).toBe("done");
}, 3_000);
