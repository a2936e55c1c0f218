import type { z } from "zod";
import { AppError, type InputIssue } from "../../errors.ts";

/**
 * The query's known parameters as strings, which the verb parses. A parameter without a value counts as
 * not given, as forms send it. A repeated or unknown name is refused: ignoring a mistyped filter would
 * answer another question than was asked.
 *
 * @throws AppError INVALID_INPUT naming each parameter at fault
 */
export function readQuery<Schema extends z.ZodObject>(
  request: Request,
  schema: Schema,
  { isUnknownIgnored }: { isUnknownIgnored: boolean },
): z.input<Schema> {
  const { searchParams } = new URL(request.url);
  const names = Object.keys(schema.shape);
  const issues: InputIssue[] = [];
  const query: Record<string, string> = {};
  for (const [name, [value = "", ...repeats]] of groupByName(searchParams)) {
    const isKnown = names.includes(name);
    if (!isKnown && isUnknownIgnored) continue;
    if (!isKnown) issues.push({ path: name, message: toUnknown(name, names) });
    else if (repeats.length > 0) issues.push({ path: name, message: `${name} is given twice.` });
    else if (value.includes("\0")) issues.push({ path: name, message: `${name} has a NUL.` });
    else if (value !== "") query[name] = value;
  }
  if (issues.length === 0) return asInput(query);
  const words = issues.map(({ message }) => message).join(" ");
  throw new AppError("INVALID_INPUT", `The query is not valid. ${words}`, issues);
}

/** In one pass: looking up each name in turn would scan all of them each time. */
function groupByName(searchParams: URLSearchParams): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of searchParams) {
    const list = values.get(name);
    if (list) list.push(value);
    else values.set(name, [value]);
  }
  return values;
}

/** A cast that the verb proves: it parses its input before it uses it. */
function asInput<Schema extends z.ZodObject>(query: Record<string, string>): z.input<Schema> {
  return query as z.input<Schema>;
}

function toUnknown(name: string, names: readonly string[]): string {
  const hint = names.length > 0 ? `It takes ${names.join(", ")}.` : "It takes none.";
  return `There is no parameter ${JSON.stringify(name.slice(0, 100))} here. ${hint}`;
}
