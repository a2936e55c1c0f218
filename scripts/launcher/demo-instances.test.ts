import { expect, test } from "vitest";
import { listRuntimes } from "#lib/runtimes/list-runtimes.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aPerson, aToken } from "#testing/factories.ts";
import { serveApi } from "#testing/http/serve-api.ts";
import { startDemoInstances } from "./demo-instances.ts";

useTestDatabase();

test("two instances report to the console until they are ended", async () => {
  const server = await serveApi();
  const { secret: token } = await aToken({ scopes: ["flags:read", "reports:write"] });
  const end = startDemoInstances({ consoleUrl: server.url, token });
  const support = await aPerson("support");
  const readNames = async () =>
    (await listRuntimes(support)).map(({ instanceId }) => instanceId).sort();
  await expect.poll(readNames).toEqual(["runtime-frankfurt", "runtime-sao-paulo"]);
  await end();
  await server.close();
});
