import type { ProblemContext } from "../problem.ts";
import { EvaluationError } from "./evaluation-error.ts";
import { toOfrepFailure } from "./failure.ts";

const FLAGS = "/ofrep/v1/evaluate/flags/";

/**
 * The 404 for unknown paths under /ofrep. Some clients do not encode a key, so one with a slash arrives
 * here; it gets the answer for an unknown flag.
 */
export function toOfrepNotFound(pathname: string, context: ProblemContext): Response {
  const key = pathname.startsWith(FLAGS) ? pathname.slice(FLAGS.length) : "";
  const message = `There is nothing at this path. Flags are evaluated by POST at ${FLAGS}{key}.`;
  const error = new EvaluationError("FLAG_NOT_FOUND", message);
  return toOfrepFailure(error, { ...context, params: { key } });
}
