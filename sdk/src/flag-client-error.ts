/** What went wrong, for programs. README.md says for each code what the client does about it. */
export type FlagClientErrorCode =
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "RATE_LIMITED"
  | "UNAVAILABLE"
  | "UNEXPECTED_ANSWER"
  | "CONNECTION"
  | "STREAM_UNSUPPORTED"
  | "STREAM_SILENT"
  | "OUT_OF_STEP"
  | "SERVER_BEHIND"
  | "STATE_FILE"
  | "REPORT_JOURNAL"
  | "REPORT_REFUSED"
  | "COUNTS_LOST"
  | "INVALID_COUNT"
  | "LISTENER"
  | "NOT_READY"
  | "CLOSED";

/** The level to log it at: what passes by itself is a warning, the rest needs a person. */
export type FlagClientErrorLevel = "warn" | "error";

const ERRORS: ReadonlySet<FlagClientErrorCode> = new Set([
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "UNEXPECTED_ANSWER",
  "REPORT_JOURNAL",
  "REPORT_REFUSED",
  "COUNTS_LOST",
]);

/** What an error has besides its code and message. */
export type FlagClientErrorDetails = {
  /** The HTTP status, if there was an answer. */
  status?: number;
  /** How long the server asked to wait (`Retry-After`), in milliseconds. */
  retryAfterMs?: number;
  cause?: unknown;
};

/** Every error of this package, thrown or emitted as an `error` event. */
export class FlagClientError extends Error {
  override readonly name = "FlagClientError";
  readonly code: FlagClientErrorCode;
  readonly level: FlagClientErrorLevel;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: FlagClientErrorCode, message: string, details: FlagClientErrorDetails = {}) {
    super(message, "cause" in details ? { cause: details.cause } : {});
    this.code = code;
    this.level = ERRORS.has(code) ? "error" : "warn";
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** Wraps a failure of the network or of Node; returns a FlagClientError as it is. */
export function toFlagClientError(thrown: unknown): FlagClientError {
  if (thrown instanceof FlagClientError) return thrown;
  return new FlagClientError("CONNECTION", `The console is out of reach: ${describe(thrown)}`, {
    cause: thrown,
  });
}

/** An error's message and causes. `fetch` says only "fetch failed"; its cause may have a code and no message. */
export function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { cause } = thrown;
  if (!(cause instanceof Error)) return thrown.message;
  const why = cause.message || ("code" in cause && String(cause.code));
  return why ? `${thrown.message}: ${why}` : thrown.message;
}
