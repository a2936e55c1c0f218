export type SendProblemCode =
  /** The request is no object, or a part of it that is needed is not what it must be. */
  | "MALFORMED_REQUEST"
  | "MISSING_RECIPIENT"
  | "MALFORMED_RECIPIENT"
  | "DOUBLE_PREFIX"
  /** A prefix where none belongs, another one than `bsuid:`, or none where it is needed. */
  | "WRONG_PREFIX"
  /** A parent BSUID accompanies a regular one and never stands for it. */
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
  /** Such as `recipient.userId` or `entries[3].client`; `""` for the request as a whole. */
  field: string;
  /** Plain sentences: what is wrong, and what to do. Never with the value, which is somebody's id. */
  message: string;
};

export type SendRefusal = { ok: false; problem: SendProblem };

export function refuse(code: SendProblemCode, field: string, message: string): SendRefusal {
  return { ok: false, problem: { code, field, message } };
}
