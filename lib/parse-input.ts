import type { z } from "zod";
import { AppError, type InputIssue } from "./errors.ts";

/**
 * Parses untrusted input. Every verb calls it, so that no edge can skip it.
 *
 * @throws AppError INVALID_INPUT that names the wrong fields: the first 200, then, without a path, how many more
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issues = toIssues(result.error);
  const fields = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message));
  throw new AppError("INVALID_INPUT", `The request is not valid. ${fields.join(" ")}`, issues);
}

const MAX_MESSAGE = 300;
/** More than anybody reads; the answer to a list of wrong items would be larger than the list. */
const MAX_ISSUES = 200;

/** Zod's issues with paths as people write them: `changes[3].phoneNumberId`. */
function toIssues(error: z.ZodError): InputIssue[] {
  const more = error.issues.length - MAX_ISSUES;
  const issues = error.issues.slice(0, MAX_ISSUES).map((issue) => ({
    path: issue.path
      .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
      .join("")
      .replace(/^\./, ""),
    // Zod repeats every unknown field's name.
    message: issue.message.slice(0, MAX_MESSAGE),
  }));
  return more > 0
    ? [...issues, { path: "", message: `${more} more ${more === 1 ? "is" : "are"} not valid.` }]
    : issues;
}
