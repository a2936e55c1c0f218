import type { ProblemContext } from "../problem.ts";
import { EvaluationError } from "./evaluation-error.ts";
import { toOfrepFailure } from "./failure.ts";

const FLAGS = "/ofrep/v1/evaluate/flags/";

/**
 * The answer for a path under /ofrep that is none. Some clients do not encode a key, so that one
 * with a slash in it comes here; it is told that there is no such flag, like any other.
 */
export function toOfrepNotFound(pathname: string, context: ProblemContext): Response {
  const key = pathname.startsWith(FLAGS) ? pathname.slice(FLAGS.length) : "";
  const message = `There is nothing at this path. Flags are evaluated by POST at ${FLAGS}{key}.`;
  const error = new EvaluationError("FLAG_NOT_FOUND", message);
  return toOfrepFailure(error, { ...context, params: { key } });
}
