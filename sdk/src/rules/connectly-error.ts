import type { SendProblem, SendProblemCode } from "./send-problem.ts";

/**
 * An error in the shape of Connectly's API. Its documents list no code about BSUIDs, so the codes that
 * the rules add are this package's own.
 *
 * Source: Connectly's documents, "Error codes".
 */
export type ConnectlyError = {
  message: string;
  type: string;
  code: string;
  userTitle: string;
  userMessage: string;
  /** The id to give to support. */
  cntTraceId: string;
  details: Record<string, unknown>;
};

/** The problems that Connectly's documents have a code for. */
const DOCUMENTED = new Map<SendProblemCode, string>([
  ["INVALID_SENDER", "ERROR_CODE_INVALID_SENDER_ID"],
  ["EMPTY_TEXT", "ERROR_CODE_MESSAGE_TEXT_EMPTY"],
  ["ATTACHMENT_COUNT", "ERROR_CODE_MESSAGE_ATTACHMENTS_NUMBER_INVALID"],
  ["EMPTY_ATTACHMENT", "ERROR_CODE_MESSAGE_ATTACHMENT_EMPTY"],
]);

/** The body of the answer to a refused request; its HTTP status is 400. */
export function toConnectlyError(
  problem: SendProblem,
  { traceId }: { traceId: string },
): ConnectlyError {
  const { code, field, message } = problem;
  return {
    message,
    type: "ERROR_TYPE_INVALID_REQUEST",
    code: DOCUMENTED.get(code) ?? `ERROR_CODE_${code}`,
    userTitle: "The message was not sent",
    userMessage: message,
    cntTraceId: traceId,
    details: { field, reason: code },
  };
}
