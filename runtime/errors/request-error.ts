import type { ConnectlyError } from "#sdk/rules.ts";

const KINDS = {
  INVALID: { status: 400, title: "The request cannot be used" },
  UNAUTHENTICATED: { status: 401, title: "Not signed in" },
  FORBIDDEN: { status: 403, title: "Not allowed" },
  NOT_FOUND: { status: 404, title: "Not found" },
  PAYLOAD_TOO_LARGE: { status: 413, title: "Too large" },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: "Not JSON" },
  REFUSED: { status: 400, title: "The message was not sent" },
  RATE_LIMITED: { status: 429, title: "Too many requests" },
  INTERNAL: { status: 500, title: "Something went wrong" },
  NOT_SENT: { status: 503, title: "The message was not sent" },
  SEND_FAILED: { status: 502, title: "WhatsApp did not take the message" },
  UNAVAILABLE: { status: 503, title: "Not available now" },
} as const;

type RequestErrorKind = keyof typeof KINDS;

/** A request failed. The message is for its sender. */
export class RequestError extends Error {
  override name = "RequestError";
  readonly kind: RequestErrorKind;
  readonly retryAfterSeconds: number | null;
  readonly details: Record<string, unknown>;

  constructor(
    kind: RequestErrorKind,
    message: string,
    more: { retryAfterSeconds?: number; details?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.kind = kind;
    const isTemporary = kind === "UNAVAILABLE" || kind === "RATE_LIMITED";
    this.retryAfterSeconds = more.retryAfterSeconds ?? (isTemporary ? 5 : null);
    this.details = more.details ?? {};
  }

  get code(): string {
    return `ERROR_CODE_${this.kind}`;
  }

  get status(): number {
    return KINDS[this.kind].status;
  }

  toBody(traceId: string): ConnectlyError {
    return {
      message: this.message,
      type: `ERROR_TYPE_${this.kind}`,
      code: this.code,
      userTitle: KINDS[this.kind].title,
      userMessage: this.message,
      cntTraceId: traceId,
      details: this.details,
    };
  }
}
