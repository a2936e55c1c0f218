import { expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";

useTestDatabase();

test("a client that guesses tokens is slowed down, and a known one is not", async () => {
  const token = await anApiToken("flags:read");
  const callWithToken = () => callApi("GET /api/v1/flags", { token });
  const wrong = () => callApi("GET /api/v1/flags", { token: "bsuid_svc_guess" });
  await callWithToken();
  const statuses = new Set<number>();
  for (let i = 0; i < 120; i += 1) statuses.add((await wrong()).status);
  expect(statuses).toEqual(new Set([401, 429]));
  const refused = await wrong();
  expect(refused).toMatchObject({ status: 429, body: { code: "RATE_LIMITED" } });
  expect(refused.headers.get("retry-after")).toMatch(/^[1-9][0-9]*$/);
  expect((await callWithToken()).status).toBe(200);
});

test("a right token passes on any route, however many wrong ones came from its address", async () => {
  const headers = { "x-client-ip": "198.51.100.77" };
  const send = (token: string, route = "GET /api/v1/flags") => callApi(route, { token, headers });
  const token = await anApiToken("admin");
  for (let i = 0; i < 101; i += 1) await send("bsuid_svc_guess");
  expect((await send("bsuid_svc_guess", "GET /api/v1/numbers")).status).toBe(429);
  for (const route of [
    "GET /api/v1/flags",
    "GET /api/v1/flags/1234567890",
    "GET /api/v1/numbers",
    "GET /api/v1/audit",
  ]) {
    expect([route, (await send(token, route)).status]).toEqual([route, 200]);
  }
  expect((await send("bsuid_svc_guess")).status).toBe(429);
});
