import {
  type AppError,
  type ErrorCode,
  type InputIssue,
  UnprocessableError,
} from "../../errors.ts";

/** A problem (RFC 9457) with our own members, which clients branch on. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  requestId: string;
  errors?: InputIssue[];
};

/** The HTTP status and title of each code. The titles are part of the contract and never vary. */
export const PROBLEMS = {
  UNAUTHENTICATED: { status: 401, title: "Not authenticated" },
  FORBIDDEN: { status: 403, title: "Not allowed" },
  NOT_FOUND: { status: 404, title: "Not found" },
  CONFLICT: { status: 409, title: "Conflict" },
  PRECONDITION_FAILED: { status: 412, title: "Precondition failed" },
  INVALID_INPUT: { status: 400, title: "Invalid input" },
  PAYLOAD_TOO_LARGE: { status: 413, title: "Too large" },
  RATE_LIMITED: { status: 429, title: "Too many requests" },
  UNAVAILABLE: { status: 503, title: "Temporarily unavailable" },
  INTERNAL: { status: 500, title: "Internal error" },
} as const satisfies Record<ErrorCode, { status: number; title: string }>;

const RETRY_AFTER_SECONDS: Partial<Record<ErrorCode, number>> = {
  RATE_LIMITED: 10,
  UNAVAILABLE: 2,
};
const MAX_DETAIL = 2_000;

/** Where an error occurred, which decides what its answer has to contain. */
export type ProblemContext = {
  requestId: string;
  hasCredentials: boolean;
  /** Overrides the code's status: 405 has no code of its own. */
  status?: number;
};

/** The response for an expected error. */
export function toProblemResponse(error: AppError, context: ProblemContext): Response {
  const problem = toProblem(error, context);
  const headers = toErrorHeaders(error, context);
  headers.set("content-type", "application/problem+json");
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

/** The headers of an error's answer, whatever the form of its body. */
export function toErrorHeaders(
  error: AppError,
  context: Pick<ProblemContext, "hasCredentials">,
): Headers {
  const headers = new Headers();
  if (error.code === "UNAUTHENTICATED") {
    const cause = context.hasCredentials ? ', error="invalid_token"' : "";
    headers.set("www-authenticate", `Bearer realm="bsuid-console"${cause}`);
  }
  const retryAfter = RETRY_AFTER_SECONDS[error.code];
  if (retryAfter !== undefined) headers.set("retry-after", String(retryAfter));
  return headers;
}

/** The problem body for an expected error. */
export function toProblem(
  error: AppError,
  { requestId, status }: Pick<ProblemContext, "requestId" | "status">,
): Problem {
  const { code, issues, message } = error;
  const said = PROBLEMS[code];
  return {
    type: `/problems/${code.toLowerCase().replaceAll("_", "-")}`,
    title: said.title,
    status: status ?? (error instanceof UnprocessableError ? 422 : said.status),
    detail: message.length > MAX_DETAIL ? `${message.slice(0, MAX_DETAIL)}…` : message,
    code,
    requestId,
    ...(issues.length > 0 ? { errors: [...issues] } : {}),
  };
}
