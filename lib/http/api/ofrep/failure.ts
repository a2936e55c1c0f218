import type { AppError } from "../../../errors.ts";
import { PROBLEMS, toErrorHeaders } from "../problem.ts";
import type { ErrorAnswer } from "../route.ts";
import { EvaluationError, type OfrepErrorCode } from "./evaluation-error.ts";
import { toFlagKey } from "./flag-key.ts";

/** OFREP's error body, with the request's id. */
export type OfrepFailure = {
  key: string;
  errorCode: OfrepErrorCode;
  errorDetails: string;
  requestId: string;
};

const MAX_KEY = 200;

/**
 * Turns an error into OFREP's form, whatever its status: clients treat a body without `key` and
 * `errorCode` as an answer from something other than OFREP.
 */
export const toOfrepFailure: ErrorAnswer = (error, context) => {
  const status = context.status ?? PROBLEMS[error.code].status;
  const failure: OfrepFailure = {
    key: toFlagKey(context.params).slice(0, MAX_KEY),
    errorCode: toErrorCode(error, status),
    errorDetails: error.message,
    requestId: context.requestId,
  };
  return Response.json(failure, { status, headers: toErrorHeaders(error, context) });
};

function toErrorCode(error: AppError, status: number): OfrepErrorCode {
  if (error instanceof EvaluationError) return error.errorCode;
  return status === 400 ? "PARSE_ERROR" : "GENERAL";
}
