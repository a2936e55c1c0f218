import { afterEach, expect, test } from "vitest";
import { startTemporaryPostgres } from "#postgres/temporary.ts";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { closeDatabase, setDatabase } from "../../../db/client.ts";
import { flagFeed, startFlagFeed, stopFlagFeed } from "../../../flags/flag-feed.ts";

useTestDatabase();
afterEach(closeDatabase);

test("a living process says so, and ignores parameters that a balancer adds", async () => {
  const answer = await callApi("GET /healthz?probe=1");
  expect(answer).toMatchObject({ status: 200, body: { status: "ok" } });
});

afterEach(stopFlagFeed);

test("readiness returns the flags' cursor and an instance id that stays the same", async () => {
  const token = await anApiToken("flags:read");
  await flagFeed().refresh(5_000);
  const flags = await callApi("GET /api/v1/flags", { token });
  const [first, second] = [await callApi("GET /readyz"), await callApi("GET /readyz")];
  expect(first).toMatchObject({ status: 200, body: { status: "ok", database: "up" } });
  expect(flags.headers.get("etag")).toBe(`"${(first.body as { cursor: string }).cursor}"`);
  expect(second.body).toEqual(first.body);
});

test("without its database an instance is alive, is not ready, and asks clients to retry", async () => {
  const postgres = await startTemporaryPostgres();
  const url = postgres.superuserUrl("postgres");
  await postgres.stop();
  await useOtherDatabase(url);

  expect((await callApi("GET /healthz")).status).toBe(200);
  const ready = await callApi("GET /readyz");
  const nothing = { status: "unavailable", database: "down", cursor: null };
  expect(ready).toMatchObject({ status: 503, body: nothing });

  const answer = await callApi("GET /api/v1/flags", { token: "any" });
  expect(answer).toMatchObject({ status: 503, body: { code: "UNAVAILABLE" } });
  expect(answer.headers.get("retry-after")).toMatch(/^[1-9][0-9]*$/);
});

async function useOtherDatabase(url: string): Promise<void> {
  await stopFlagFeed();
  await closeDatabase();
  setDatabase(url);
  startFlagFeed(url);
}
