import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { serveApi } from "#testing/http/serve-api.ts";

useTestDatabase();

let server: Awaited<ReturnType<typeof serveApi>>;
let headers: Record<string, string>;

beforeAll(async () => {
  server = await serveApi();
  headers = { authorization: `Bearer ${await anApiToken("admin")}` };
});

afterAll(() => server.close());

/** What the server answers to these bytes, until it ends the connection or falls silent. */
async function exchange(text: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.setTimeout(1_500, () => socket.end());
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  socket.write(text);
  await once(socket, "close");
  return answer;
}

test("a change over HTTP is in the trail under its request id", async () => {
  const id = await aNumber();
  const answer = await fetch(`${server.url}/api/v1/numbers/${id}/flag`, {
    method: "PUT",
    headers: {
      ...headers,
      "content-type": "application/json; charset=utf-8",
      "x-request-id": "over-the-wire-1",
      "if-match": '"v0"',
    },
    body: JSON.stringify({ acceptsBsuid: true, reason: "Está pronto ✓" }),
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("x-request-id")).toBe("over-the-wire-1");
  const history = await fetch(`${server.url}/api/v1/numbers/${id}/history`, { headers });
  expect(await history.json()).toMatchObject({
    items: [{ requestId: "over-the-wire-1", reason: "Está pronto ✓", ip: "127.0.0.1" }],
  });
});

test("304 and HEAD have no body, and the connection stays open", async () => {
  const auth = `Authorization: ${headers.authorization}\r\nHost: x\r\n`;
  const wire = await exchange(
    `GET /api/v1/flags HTTP/1.1\r\n${auth}If-None-Match: *\r\n\r\n` +
      `HEAD /api/v1/flags HTTP/1.1\r\n${auth}\r\n` +
      "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
  );
  expect(wire.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 304", "HTTP/1.1 200", "HTTP/1.1 200"]);
  expect(wire.match(/[{}]/g)).toHaveLength(2);
});

test("an unknown method is 405 with Allow, and an unknown path 404, both as problems", async () => {
  const purge = await exchange(
    "PURGE /api/v1/flags HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
  );
  expect(purge).toMatch(/^HTTP\/1\.1 405 .*allow: GET, HEAD, OPTIONS\r\n.*"status":405/is);
  const path = await fetch(`${server.url}/api/v1/flag`, { headers });
  expect(path.status).toBe(404);
  expect(path.headers.get("content-type")).toBe("application/problem+json");
});

test("an upload that exceeds the limit is answered 413 before it ends", async () => {
  const upload = request(`${server.url}/api/v1/flag-changes`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
  });
  upload.on("error", () => undefined);
  const answered = once(upload, "response");
  const chunk = "x".repeat(256 * 1024);
  for (let sent = 0; sent < 20; sent += 1) upload.write(sent === 0 ? `"${chunk}` : chunk);
  const [response] = await answered;
  expect(response.statusCode).toBe(413);
  upload.destroy();
});

test("a client that goes away in the middle of its roster imports nothing, and the server keeps running", async () => {
  const upload = request(`${server.url}/api/v1/roster`, {
    method: "PUT",
    headers: { ...headers, "content-type": "application/x-ndjson" },
  });
  upload.on("error", () => undefined);
  const entry = {
    phoneNumberId: "777000777",
    displayPhoneNumber: "+5511912345678",
    label: "Half sent",
    accountName: "Acme",
    accountExternalId: "acme",
    portfolioId: "1",
    wabaId: "2",
  };
  upload.write(`${JSON.stringify(entry)}\n{"phoneNumberId":`);
  await sleep(200);
  upload.destroy();
  await sleep(200);
  const number = await fetch(`${server.url}/api/v1/numbers/777000777`, { headers });
  expect(number.status).toBe(404);
});

test("fifty clients at once each get their own answer", async () => {
  const ids = await Promise.all(Array.from({ length: 50 }, () => aNumber()));
  const answers = await Promise.all(
    ids.map(async (id) => {
      const own = { ...headers, "x-request-id": `request-of-${id}` };
      const answer = await fetch(`${server.url}/api/v1/numbers/${id}`, { headers: own });
      expect(answer.headers.get("x-request-id")).toBe(`request-of-${id}`);
      return await answer.json();
    }),
  );
  expect(answers.map(({ phoneNumberId }) => phoneNumberId)).toEqual(ids);
});
