import { expect } from "vitest";
import { findRoute } from "#lib/http/api/find-route.ts";
import { handleRequest } from "#lib/http/api/handle-request.ts";
import { ofrepFailureSchema } from "#lib/http/api/ofrep/evaluation-schema.ts";
import { toOfrepFailure } from "#lib/http/api/ofrep/failure.ts";
import type { OperationDoc } from "#lib/http/api/operation.ts";
import type { Method, Route } from "#lib/http/api/route.ts";
import { problemSchema } from "#lib/http/api/schemas/problem-schema.ts";

export type ApiAnswer = { status: number; headers: Headers; body: unknown };

type CallOptions = {
  token?: string;
  /** Sent as JSON, unless it is text or bytes already. */
  body?: unknown;
  headers?: Record<string, string>;
};

/**
 * Sends a request such as `GET /api/v1/flags` to its handler, and expects an answer that the OpenAPI
 * document describes.
 */
export async function callApi(call: string, options: CallOptions = {}): Promise<ApiAnswer> {
  const [method = "GET", target = "/"] = call.split(" ");
  const request = toRequest(method, target, options);
  const { pathname } = new URL(request.url);
  const response = await handleRequest(request);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.match(/[/+]json/);
  const body: unknown = text === "" ? null : isJson ? JSON.parse(text) : text;
  const answer = { status: response.status, headers: response.headers, body };
  expectDocumented(answer, method === "HEAD" ? "GET" : method, findRoute(pathname)?.route);
  return answer;
}

function toRequest(method: string, target: string, options: CallOptions): Request {
  const { token, body, headers = {} } = options;
  const isRaw = typeof body === "string" || body instanceof Uint8Array;
  return new Request(new URL(target, "http://console.test"), {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
  });
}

function expectDocumented(answer: ApiAnswer, method: string, route: Route | undefined): void {
  expect(answer.headers.get("x-request-id")).toMatch(/^[A-Za-z0-9._-]{8,128}$/);
  expect(answer.headers.get("cache-control")).toMatch(
    /^(no-store|private, no-cache|no-cache, no-transform)$/,
  );
  const doc = route?.operations[method as Method]?.doc;
  if (answer.body === null) return;
  if (answer.status >= 400 && !(answer.status === 503 && doc?.unavailable)) {
    const own = [...(doc?.problems ?? []), ...(doc?.isIdempotent ? [409, 422] : [])];
    expect([...ANY_PROBLEM, ...own]).toContain(answer.status);
    if (route?.toErrorResponse === toOfrepFailure) expectFailure(answer);
    else expectProblem(answer);
    return;
  }
  const schema = doc && findSchema(doc, answer.status);
  expect(schema?.safeParse(answer.body)).toMatchObject({ success: true });
}

function findSchema({ response, accepted, unavailable }: OperationDoc, status: number) {
  if (status === 503) return unavailable?.schema;
  if (status === 202) return accepted && (accepted.schema ?? response.schema);
  return status === (response.status ?? 200) ? response.schema : undefined;
}

/** Statuses that any operation may answer, and those for unknown paths and methods. */
const ANY_PROBLEM = [400, 401, 403, 404, 405, 429, 500, 503];

function expectFailure({ headers, body }: ApiAnswer): void {
  expect(headers.get("content-type")).toBe("application/json");
  const failure = ofrepFailureSchema.parse(body);
  expect(failure.requestId).toBe(headers.get("x-request-id"));
}

function expectProblem({ status, headers, body }: ApiAnswer): void {
  expect(headers.get("content-type")).toBe("application/problem+json");
  const problem = problemSchema.parse(body);
  // A kept answer has the first request's.
  const requestId = headers.has("idempotency-replayed")
    ? {}
    : { requestId: headers.get("x-request-id") };
  expect(problem).toMatchObject({ status, ...requestId });
}
