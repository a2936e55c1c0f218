import { z } from "zod";
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from "zod-openapi";
import type { OperationDoc } from "../operation.ts";
import { problemSchema } from "../schemas/problem-schema.ts";

/** In every answer. */
export const requestIdHeaderSchema = z.string().meta({
  description: "The request's own x-request-id when it had a usable one, else a new one.",
  example: "5f0c7a52-6f2b-4a44-9d0c-0f4c0a5f7c11",
  header: { id: "RequestId" },
});

const retryAfterSchema = z
  .string()
  .regex(/^[0-9]+$/)
  .meta({
    description: "Seconds to wait before trying again.",
    example: "2",
    header: { id: "RetryAfter" },
  });

const authenticateSchema = z.string().meta({
  description: "With error=invalid_token when a token was sent and refused.",
  example: 'Bearer realm="bsuid-console", error="invalid_token"',
});

const DESCRIPTIONS: Record<number, string> = {
  400: "What was sent is not valid; `errors` names each fault.",
  401: "No token, or one that is unknown, expired or revoked.",
  403: "The token may not do this.",
  404: "There is no such thing.",
  409: "It cannot be done as things are, as with a retired number; or the first request with this Idempotency-Key is still being carried out.",
  412: "The number has changed since the version that If-Match names.",
  413: "The body is too large.",
  422: "Well-formed, and cannot be done; `errors` says why. Or the Idempotency-Key was used with another body.",
  429: "Too much was asked for in a short time, or too many wrong tokens came from this address.",
  500: "A fault of the console; the operators find it by the request id.",
  503: "The database is out of reach or busy.",
};

const COMMON_STATUSES = [400, 401, 403, 500, 503];

/** The error responses of an operation that takes a token: those of every operation, and its own. */
export function toProblemResponses({
  problems = [],
  isIdempotent,
  failure,
}: Pick<OperationDoc, "problems" | "isIdempotent" | "failure">): ZodOpenApiResponsesObject {
  const statuses = [...COMMON_STATUSES, ...problems, ...(isIdempotent ? [409, 422] : [])];
  const wanted = new Set(statuses.map(String));
  const responses = failure ? toResponses(failure) : PROBLEM_RESPONSES;
  return Object.fromEntries(responses.filter(([status]) => wanted.has(status)));
}

function toResponses(schema: z.ZodType) {
  return Object.entries(DESCRIPTIONS).map(
    ([status, description]) => [status, toResponse(Number(status), description, schema)] as const,
  );
}

/** One object for each status, so that the document has it once and refers to it. */
const PROBLEM_RESPONSES = toResponses(problemSchema);

function toResponse(
  status: number,
  description: string,
  schema: z.ZodType,
): ZodOpenApiResponseObject {
  const isProblem = schema === problemSchema;
  return {
    ...(isProblem ? { id: `Problem${status}` } : {}),
    description,
    headers: z.object({
      "x-request-id": requestIdHeaderSchema,
      ...(status === 401 ? { "WWW-Authenticate": authenticateSchema } : {}),
      ...(status === 503 || status === 429 ? { "Retry-After": retryAfterSchema } : {}),
    }),
    content: { [isProblem ? "application/problem+json" : "application/json"]: { schema } },
  };
}
