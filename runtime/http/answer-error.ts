import { randomUUID } from "node:crypto";
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from "fastify";
import { type ConnectlyError, toConnectlyError } from "#sdk/rules.ts";
import { RequestError } from "../errors/request-error.ts";
import { SendRefused } from "../send/send-refused.ts";
import { describeDiskTrouble } from "../store/disk-trouble.ts";

export type AnswerError = (thrown: unknown, request: FastifyRequest, reply: FastifyReply) => void;

/**
 * Makes the function that answers anything that was thrown, in Connectly's shape. Unexpected errors are
 * logged under the answer's trace id, and not shown.
 */
export function answerErrors(log: FastifyBaseLogger): AnswerError {
  return (thrown, _, reply) => {
    const traceId = randomUUID();
    if (thrown instanceof SendRefused) {
      reply.code(400).send(toRefusalBody(thrown, traceId));
      return;
    }
    const diskTrouble = describeDiskTrouble(thrown);
    const error = toOwnError(thrown);
    if (diskTrouble !== null) log.error({ traceId, err: thrown }, diskTrouble);
    else if (error.kind === "INTERNAL") log.error({ traceId, err: thrown }, "a request failed");
    if (error.retryAfterSeconds !== null) reply.header("retry-after", error.retryAfterSeconds);
    reply.code(error.status).send(error.toBody(traceId));
  };
}

/** Uses the SDK's messages, which the console's simulator shows, too. */
function toRefusalBody({ problem, problems }: SendRefused, traceId: string): ConnectlyError {
  const body = toConnectlyError(problem, { traceId });
  if (problems.length === 1) return body;
  const all = problems.map(({ code, field, message }) => ({ field, reason: code, message }));
  return { ...body, details: { ...body.details, problems: all } };
}

/** Anything that was thrown as an error for the sender of the request. */
export function toOwnError(thrown: unknown): RequestError {
  if (thrown instanceof RequestError) return thrown;
  if (describeDiskTrouble(thrown) !== null) {
    const message =
      "This runtime cannot write to its disk now, and kept nothing of it. Send again.";
    return new RequestError("UNAVAILABLE", message, { retryAfterSeconds: 30 });
  }
  const { statusCode } = thrown as { statusCode?: number };
  if (statusCode === 413) {
    return new RequestError("PAYLOAD_TOO_LARGE", "The body is larger than this address takes.");
  }
  if (statusCode === 415) {
    return new RequestError("UNSUPPORTED_MEDIA_TYPE", "Send the body as application/json.");
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new RequestError("INVALID", "The request is not well-formed.");
  }
  return new RequestError("INTERNAL", "This failed here, not at your side. Try again later.");
}
