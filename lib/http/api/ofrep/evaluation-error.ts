import { AppError } from "../../../errors.ts";

/** The error codes of OFREP 0.3.0, a subset of OpenFeature's. */
export const OFREP_ERROR_CODES = [
  "PARSE_ERROR",
  "TARGETING_KEY_MISSING",
  "INVALID_CONTEXT",
  "FLAG_NOT_FOUND",
  "GENERAL",
] as const;

export type OfrepErrorCode = (typeof OFREP_ERROR_CODES)[number];

/** A request that cannot be evaluated, with OpenFeature's code for the reason. */
export class EvaluationError extends AppError {
  readonly errorCode: OfrepErrorCode;

  constructor(errorCode: OfrepErrorCode, message: string) {
    super(errorCode === "FLAG_NOT_FOUND" ? "NOT_FOUND" : "INVALID_INPUT", message);
    this.errorCode = errorCode;
  }
}
