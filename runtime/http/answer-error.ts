import type { FastifyReply, FastifyRequest } from "fastify";
import { ConnectlyError } from "./connectly-error.ts";

/** Answers whatever was thrown in Connectly's shape; what nobody foresaw is logged, and not shown. */
export function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = toConnectlyError(thrown);
  if (error.kind === "INTERNAL") request.log.error({ err: thrown }, "a request failed");
  if (error.retryAfterSeconds !== null) reply.header("retry-after", error.retryAfterSeconds);
  reply.code(error.status).send(error.toBody(request.id));
}

function toConnectlyError(thrown: unknown): ConnectlyError {
  if (thrown instanceof ConnectlyError) return thrown;
  const { statusCode } = thrown as { statusCode?: number };
  if (statusCode === 413) {
    return new ConnectlyError("PAYLOAD_TOO_LARGE", "The body is larger than this address takes.");
  }
  if (statusCode === 415) {
    return new ConnectlyError("UNSUPPORTED_MEDIA_TYPE", "Send the body as application/json.");
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new ConnectlyError("INVALID", "The request is not well-formed.");
  }
  return new ConnectlyError("INTERNAL", "This failed here, not at your side. Try again later.");
}
