import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { aNumber } from "#testing/factories.ts";
import { anApiToken } from "#testing/http/api-token.ts";
import { callApi } from "#testing/http/call-api.ts";
import { REASON_LENGTH } from "../../../audit/reason-length.ts";
import { auditPageSchema } from "../schemas/audit-schema.ts";
import { changedFlagSchema } from "../schemas/number-schema.ts";

useTestDatabase();

let token: string;
const ON = { acceptsBsuid: true, reason: "Their CRM is ready" };

beforeAll(async () => {
  token = await anApiToken("support");
});

async function put(id: string, body: unknown, headers: Record<string, string> = {}) {
  return await callApi(`PUT /api/v1/numbers/${id}/flag`, { token, body, headers });
}

async function eventsOf(id: string) {
  const { body } = await callApi(`GET /api/v1/numbers/${id}/history`, { token });
  return auditPageSchema.parse(body).items;
}

test("a flag is switched on, and the event has the request's id, address and agent", async () => {
  const id = await aNumber();
  const ticketUrl = "https://support.example.com/t/1";
  const headers = {
    "x-request-id": "flag-test-0001",
    "x-client-ip": "192.0.2.7",
    "user-agent": "x".repeat(600),
  };
  const answer = await put(id, { ...ON, reason: "  Their CRM is ready ", ticketUrl }, headers);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("etag")).toBe('"v1"');
  const { changed, number, cursor } = changedFlagSchema.parse(answer.body);
  expect(changed).toBe(true);
  expect(number).toMatchObject({ phoneNumberId: id, acceptsBsuid: true, flagVersion: 1 });
  const [event] = await eventsOf(id);
  expect(event).toMatchObject({
    action: "flag.enabled",
    actor: { type: "person", role: "support" },
    before: { acceptsBsuid: false },
    after: { acceptsBsuid: true },
    reason: "Their CRM is ready",
    ticketUrl,
    requestId: "flag-test-0001",
    channel: "api",
    ip: "192.0.2.7",
    userAgent: "x".repeat(512),
  });
  expect(cursor).toBe(`${event?.revision}.${event?.hash.slice(0, 8)}`);
});

test("an invalid address is left out of the trail", async () => {
  const id = await aNumber();
  await put(id, ON, { "x-client-ip": "unknown, 10.0.0.1" });
  expect(await eventsOf(id)).toMatchObject([{ ip: null }]);
});

test("setting the value that a flag already has changes nothing and records nothing", async () => {
  const id = await aNumber({ accepts: true });
  const answer = await put(id, ON);
  expect(answer).toMatchObject({ status: 200, body: { changed: false } });
  expect(await eventsOf(id)).toHaveLength(1);
});

test.each([['"v1"'], ['"v0", "v1"'], ["*"], ['W/"v1"'], ['"v1-gzip"'], ['W/"v1--br"']])(
  "If-Match %s lets a change of v1 through",
  async (condition) => {
    const id = await aNumber({ accepts: true });
    const answer = await put(id, { ...ON, acceptsBsuid: false }, { "if-match": condition });
    expect(answer).toMatchObject({ status: 200, body: { changed: true } });
  },
);

test.each([
  ['"v0"'],
  ['"v2", "v3"'],
  ['W/"v0"'],
  ['"v0-gzip"'],
  ['"v1-2"'],
  ['"1"'],
  ['"v01"'],
  ['"v99999999999999999999"'],
])("If-Match %s refuses a change of v1, and one that would change nothing", async (condition) => {
  const id = await aNumber({ accepts: true });
  for (const acceptsBsuid of [true, false]) {
    const answer = await put(id, { ...ON, acceptsBsuid }, { "if-match": condition });
    expect(answer).toMatchObject({ status: 412, body: { code: "PRECONDITION_FAILED" } });
  }
  expect(await eventsOf(id)).toHaveLength(1);
});

test("a malformed If-Match is 400, never ignored", async () => {
  const id = await aNumber();
  const answer = await put(id, ON, { "if-match": "v0" });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "If-Match" }] } });
  expect(await eventsOf(id)).toEqual([]);
});

test("a retired number is 409, an unknown one 404, whatever If-Match says", async () => {
  const retired = await aNumber({ isRetired: true });
  for (const condition of [{}, { "if-match": '"v0"' }, { "if-match": "*" }]) {
    expect(await put(retired, ON, condition)).toMatchObject({ status: 409 });
    expect(await put("4711", ON, condition)).toMatchObject({ status: 404 });
  }
});

test.each([
  [{ acceptsBsuid: true }, "reason"],
  [{ ...ON, reason: "abcd" }, "reason"],
  [{ ...ON, reason: `  ${"x".repeat(REASON_LENGTH.min - 1)}  ` }, "reason"],
  [{ ...ON, reason: "x".repeat(REASON_LENGTH.max + 1) }, "reason"],
  [{ ...ON, acceptsBsuid: "true" }, "acceptsBsuid"],
  [{ ...ON, acceptsBsuid: 1 }, "acceptsBsuid"],
  [{ reason: ON.reason }, "acceptsBsuid"],
  [{ ...ON, ticketUrl: "http://example.com" }, "ticketUrl"],
  [{ ...ON, ticketUrl: "javascript:alert(1)" }, "ticketUrl"],
  [{ ...ON, ticketUrl: "https://ana:secret@example.com/1" }, "ticketUrl"],
])("%j is refused, and the field named", async (body, path) => {
  const id = await aNumber();
  expect(await put(id, body)).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  expect(await eventsOf(id)).toEqual([]);
});

test.each([
  ['{"acceptsBsuid":true,"reason":"Their CRM","force":true}', "force"],
  ['{"acceptsBsuid":true,"reason":"Their CRM","__proto__":{"role":"admin"}}', "__proto__"],
  ['{"acceptsBsuid":true,"reason":"Their CRM","constructor":{}}', "constructor"],
  ['{"acceptsBsuid":true,"reason":"Their CRM"', "line 1 column 42"],
  ['{"acceptsBsuid":true,"reason":"Their \\ud800 CRM"}', "broken Unicode character"],
  ['{"acceptsBsuid":true,"reason":"Their \\u0000 CRM"}', "control character"],
  [`{"acceptsBsuid":${"[".repeat(100_000)}`, "not valid JSON"],
  ['{"acceptsBsuid":false,"reason":"They asked","acceptsBsuid":true}', "one key twice"],
  ["[]", "object"],
  ["null", "object"],
  ["", "Unexpected end of JSON input"],
])("the body %.60s is refused with words", async (body, words) => {
  const id = await aNumber();
  const answer = await put(id, body);
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body)).toContain(words);
  expect(await eventsOf(id)).toEqual([]);
});

test("a body that is not UTF-8, or of another type, is refused", async () => {
  const id = await aNumber();
  const latin1 = Buffer.from('{"acceptsBsuid":true,"reason":"Até amanhã"}', "latin1");
  expect(await put(id, Uint8Array.from(latin1))).toMatchObject({ status: 400 });
  const headers = { "content-type": "text/plain" };
  const answer = await put(id, JSON.stringify(ON), headers);
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "Content-Type" }] } });
});

test("a body of more than 4 MiB is 413", async () => {
  const id = await aNumber();
  const answer = await put(id, { ...ON, reason: "x".repeat(4 * 1024 * 1024) });
  expect(answer).toMatchObject({ status: 413, body: { code: "PAYLOAD_TOO_LARGE" } });
});
