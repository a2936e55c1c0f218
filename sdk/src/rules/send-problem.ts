export type SendProblemCode =
  /** The request is not an object, or a required part of it is missing or malformed. */
  | "MALFORMED_REQUEST"
  | "MISSING_RECIPIENT"
  | "MALFORMED_RECIPIENT"
  | "DOUBLE_PREFIX"
  /** A prefix where none is allowed, another one than `bsuid:`, or a missing one. */
  | "WRONG_PREFIX"
  /** A parent BSUID: it accompanies a regular one and cannot replace it. */
  | "PARENT_BSUID"
  /** Two fields name different recipients. */
  | "CONTRADICTORY_RECIPIENT"
  | "DUPLICATE_ENTRY"
  | "UNSUPPORTED_CHANNEL"
  | "INVALID_SENDER"
  | "EMPTY_TEXT"
  | "ATTACHMENT_COUNT"
  | "EMPTY_ATTACHMENT"
  /** A template's parameter has no name or value, or one that cannot be put into a message. */
  | "INVALID_PARAMETER"
  | "AUTH_TEMPLATE_NEEDS_PHONE"
  | "OTHER_PORTFOLIO"
  | "BSUID_NOT_SUPPORTED";

/** Why a request to send is refused, and which of its fields is to blame. */
export type SendProblem = {
  code: SendProblemCode;
  /** A path such as `recipient.userId` or `entries[3].client`; `""` for the request as a whole. */
  field: string;
  /** Plain sentences that say what is wrong and what to do. Never contains the value, which is somebody's id. */
  message: string;
};

export type SendRefusal = { ok: false; problem: SendProblem };

export function refuse(code: SendProblemCode, field: string, message: string): SendRefusal {
  return { ok: false, problem: { code, field, message } };
}
