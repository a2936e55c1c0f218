import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aToken } from "#testing/factories.ts";
import { serveApiWithFastLane } from "#testing/http/serve-api.ts";
import { db } from "../../db/client.ts";

useTestDatabase();

let server: Awaited<ReturnType<typeof serveApiWithFastLane>>;
beforeAll(async () => {
  server = await serveApiWithFastLane();
});
afterAll(() => server.close());

/** Polls on a connection of its own, like a separate process. */
function poll(secret: string, userAgent: string): Promise<number> {
  const headers = { authorization: `Bearer ${secret}`, "user-agent": userAgent };
  return new Promise((resolve, reject) => {
    request(`${server.url}/api/v1/flags`, { headers, agent: false }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    })
      .on("error", reject)
      .end();
  });
}

test("a poll answered from memory is recorded, with the address and the program it came from", async () => {
  const { id, secret } = await aToken({ scopes: ["flags:read"] });
  await expect.poll(() => poll(secret, "first/1")).toBe(200);
  const read = () => db().token.findUniqueOrThrow({ where: { id } });
  await expect.poll(async () => (await read()).lastUsedUserAgent).toBe("first/1");

  const anHourAgo = new Date(Date.now() - 3_600_000);
  await db().token.update({ where: { id }, data: { lastUsedAt: anHourAgo } });
  const again = async () => {
    await poll(secret, `second/${"x".repeat(600)}`);
    return (await read()).lastUsedUserAgent?.slice(0, 8);
  };
  await expect.poll(again, { timeout: 5_000 }).toBe("second/x");
  const { lastUsedIp, lastUsedUserAgent } = await read();
  expect(lastUsedIp).toBe("127.0.0.1");
  expect(lastUsedUserAgent).toHaveLength(512);
});
