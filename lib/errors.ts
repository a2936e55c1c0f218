/** The codes of the contract; each edge maps them once (lib/http/api/problem.ts, app/define-action.ts). */
export type ErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONFLICT"
  | "PRECONDITION_FAILED"
  | "INVALID_INPUT"
  | "PAYLOAD_TOO_LARGE"
  | "RATE_LIMITED"
  | "UNAVAILABLE"
  | "INTERNAL";

/** One thing wrong with an input: where (a JSON path such as `changes[3].phoneNumberId`) and what. */
export type InputIssue = { path: string; message: string };

/** An expected failure. Its message is shown to people, so it says what happened, why, and what to do. */
export class AppError extends Error {
  override name = "AppError";
  readonly code: ErrorCode;
  readonly issues: readonly InputIssue[];

  constructor(code: ErrorCode, message: string, issues: readonly InputIssue[] = []) {
    super(message);
    this.code = code;
    this.issues = issues;
  }
}

/** A well-formed request that cannot be processed (RFC 9110, 15.5.21): the API answers 422. */
export class UnprocessableError extends AppError {
  override name = "UnprocessableError";

  constructor(message: string, issues: readonly InputIssue[]) {
    super("INVALID_INPUT", message, issues);
  }
}
