import type { FastifyBaseLogger } from "fastify";
import { toConnectlyError } from "#sdk/rules.ts";
import { RequestError } from "../errors/request-error.ts";
import { SendRefused } from "./send-refused.ts";

/** Why an entry of a campaign has no message. It may be sent again after `retryAfterSeconds`. */
export type EntryError = {
  error: string;
  code: string;
  retryAfterSeconds?: number;
  details?: Record<string, unknown>;
};

/** The result of a campaign's entry: the id of its message, or why there is none. */
export type EntryResult = { id: string } | EntryError;

/** An entry's failure, with the code that a single message would be answered with. */
export function toEntryError(thrown: unknown, log: FastifyBaseLogger): EntryError {
  if (thrown instanceof SendRefused) {
    const { message, code, details } = toConnectlyError(thrown.problem, { traceId: "" });
    return { error: message, code, details };
  }
  if (thrown instanceof RequestError) {
    const { message, code, details, retryAfterSeconds } = thrown;
    const wait = retryAfterSeconds === null ? {} : { retryAfterSeconds };
    return { error: message, code, details, ...wait };
  }
  log.error({ err: thrown }, "an entry of a campaign failed");
  const error = "This failed here: the message may or may not have been sent.";
  return { error, code: "ERROR_CODE_INTERNAL" };
}
