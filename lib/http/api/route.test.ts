import { expect, test, vi } from "vitest";
import { z } from "zod";
import { useTestDatabase } from "#testing/database/use-test-database.ts";
import { AppError, type ErrorCode } from "../../errors.ts";
import { RefusedChanges } from "../../flags/refused-changes.ts";
import { logger } from "../../logger.ts";
import { openOperation } from "./operation.ts";
import { defineRoute } from "./route.ts";

useTestDatabase();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A route whose only operation calls `answer`. */
function routeThat(answer: () => Promise<Response>) {
  const response = { description: "Something.", schema: z.unknown() };
  const doc = { operationId: "test", summary: "A test's", tag: "Service", response } as const;
  return defineRoute({ path: "/test", operations: { GET: openOperation(doc, answer) } });
}

async function ask(error: unknown, { method = "GET", headers = {} } = {}) {
  const { handle } = routeThat(async () => {
    throw error;
  });
  const request = new Request("http://console.test/test", { method, headers });
  const response = await handle(request, { params: {} });
  const text = await response.text();
  return { response, body: text === "" ? null : JSON.parse(text), text };
}

test.each([
  ["UNAUTHENTICATED", 401],
  ["FORBIDDEN", 403],
  ["NOT_FOUND", 404],
  ["CONFLICT", 409],
  ["PRECONDITION_FAILED", 412],
  ["INVALID_INPUT", 400],
  ["PAYLOAD_TOO_LARGE", 413],
  ["RATE_LIMITED", 429],
  ["UNAVAILABLE", 503],
  ["INTERNAL", 500],
] satisfies [ErrorCode, number][])("%s is a problem of status %i", async (code, status) => {
  const issues = [{ path: "changes[3].reason", message: "It is missing." }];
  const { response, body } = await ask(new AppError(code, "It went wrong.", issues));
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(body).toEqual({
    type: `/problems/${code.toLowerCase().replaceAll("_", "-")}`,
    title: expect.any(String),
    status,
    detail: "It went wrong.",
    code,
    requestId: response.headers.get("x-request-id"),
    errors: issues,
  });
});

test("changes that cannot be made are 422, not a malformed request", async () => {
  const refusal = { why: "unknown", index: 2, phoneNumberId: "42" } as const;
  const { response, body } = await ask(new RefusedChanges([refusal]));
  expect(response.status).toBe(422);
  expect(body).toMatchObject({
    code: "INVALID_INPUT",
    errors: [{ path: "changes[2].phoneNumberId" }],
  });
});

test("503 and 429 say in whole seconds when to retry", async () => {
  for (const code of ["UNAVAILABLE", "RATE_LIMITED"] as const) {
    const { response } = await ask(new AppError(code, "Later."));
    expect(response.headers.get("retry-after")).toMatch(/^[1-9][0-9]*$/);
  }
});

test("401 names the scheme, and the token as the cause when there was one", async () => {
  const error = new AppError("UNAUTHENTICATED", "Who are you?");
  const without = await ask(error);
  expect(without.response.headers.get("www-authenticate")).toBe('Bearer realm="bsuid-console"');
  const withToken = await ask(error, { headers: { authorization: "Bearer nonsense" } });
  expect(withToken.response.headers.get("www-authenticate")).toBe(
    'Bearer realm="bsuid-console", error="invalid_token"',
  );
});

test("an unexpected error is logged under the request id and answered in general words", async () => {
  const log = vi.spyOn(logger(), "error").mockReturnValue();
  const secret = Object.assign(new Error("relation missing"), { token: "bsuid_pat_secret" });
  const { response, text } = await ask(secret, { headers: { authorization: "Bearer secret" } });
  expect(response.status).toBe(500);
  expect(text).not.toContain("relation");
  expect(log).toHaveBeenCalledOnce();
  const logged = JSON.stringify(log.mock.calls);
  expect(logged).toContain(response.headers.get("x-request-id"));
  expect(logged).toContain("relation missing");
  expect(logged).not.toContain("secret");
  log.mockRestore();
});

test("a usable request id is kept, on errors too; any other is replaced", async () => {
  const error = new AppError("NOT_FOUND", "No.");
  for (const id of ["abc-DEF_1.2", "x".repeat(128)]) {
    const { response } = await ask(error, { headers: { "x-request-id": id } });
    expect(response.headers.get("x-request-id")).toBe(id);
  }
  for (const id of ["short", "x".repeat(129), "with space", 'quote"quote', "a,b-c-d-e-f"]) {
    const { response } = await ask(error, { headers: { "x-request-id": id } });
    expect(response.headers.get("x-request-id")).toMatch(UUID);
  }
});

test("an unsupported method is 405 with Allow, and a problem", async () => {
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    const { response, body } = await ask(null, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
    expect(body).toMatchObject({ status: 405, code: "INVALID_INPUT" });
  }
});

test("OPTIONS lists the methods", async () => {
  const { response } = await ask(null, { method: "OPTIONS" });
  expect(response.status).toBe(204);
  expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
  expect(response.headers.get("x-request-id")).toMatch(UUID);
});

test("HEAD answers what GET does, without the body", async () => {
  const { handle } = routeThat(async () => Response.json({ a: 1 }, { headers: { etag: '"v1"' } }));
  const request = new Request("http://console.test/test", { method: "HEAD" });
  const response = await handle(request, { params: {} });
  expect(response.status).toBe(200);
  expect(response.headers.get("etag")).toBe('"v1"');
  expect(await response.text()).toBe("");
  const { response: error, text } = await ask(new AppError("NOT_FOUND", "No."), { method: "HEAD" });
  expect([error.status, text]).toEqual([404, ""]);
});
