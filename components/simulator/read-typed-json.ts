import { parseExactJson } from "#sdk/rules.ts";
import { findJsonProblem, type JsonProblem } from "./find-json-problem.ts";

/** Meta's own limit on a webhook is 3 MB. */
const MAX_CHARACTERS = 4_000_000;

/** Why a text cannot be shown. */
export type UnreadableText =
  | { kind: "empty" }
  | { kind: "too_large" }
  | { kind: "broken"; problem: JsonProblem };

/** Parses a typed or pasted text as JSON; never throws. */
export function readJson(text: string): { kind: "parsed"; value: unknown } | UnreadableText {
  if (text.trim() === "") return { kind: "empty" };
  if (text.length > MAX_CHARACTERS) return { kind: "too_large" };
  // Files and e-mails may begin with an invisible byte order mark.
  const json = text.replace(/^\uFEFF/, "");
  try {
    return { kind: "parsed", value: parseExactJson(json) };
  } catch {
    const nowhere = { line: 1, column: 1, kind: "unexpected", found: json.charAt(0) } as const;
    return { kind: "broken", problem: findJsonProblem(json) ?? nowhere };
  }
}
