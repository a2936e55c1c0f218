/** A fault in JSON and its position, with the character found there where that helps. */
export type JsonProblem = {
  /** Line and column count from 1, as in editors; a column is nearly always one visible character. */
  line: number;
  column: number;
  kind:
    | "ends"
    | "unexpected"
    | "after_end"
    | "key"
    | "colon"
    | "comma"
    | "last_comma"
    | "quote"
    | "line_break"
    | "escape";
  found: string;
};

type Wrong = { at: number; kind: JsonProblem["kind"] };
type Expected = "value" | "value_or_end" | "key" | "key_or_end" | "colon" | "comma_or_end";

const BLANKS = /[ \t\n\r]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
/** What word processors and other languages use in place of `"`. */
const OTHER_QUOTES = new Set(["'", "`", "\u2018", "\u2019", "\u201c", "\u201d", "\u00ab"]);

/**
 * The first position at which a text is not JSON, or null when it is. `JSON.parse` decides whether; this
 * says where, which not every browser's error does. Not recursive, so that no nesting is too deep.
 */
export function findJsonProblem(text: string): JsonProblem | null {
  const wrong = scan(text);
  if (!wrong) return null;
  const before = text.slice(0, wrong.at);
  const lineStart = before.lastIndexOf("\n") + 1;
  return {
    line: before.split("\n").length,
    column: [...before.slice(lineStart)].length + 1,
    kind: wrong.kind,
    found: String.fromCodePoint(text.codePointAt(wrong.at) ?? 0x20),
  };
}

function scan(text: string): Wrong | null {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  for (let at = skip(BLANKS, text, 0); ; at = skip(BLANKS, text, at)) {
    const isDone = expected === "comma_or_end" && open.length === 0;
    if (at === text.length) return isDone ? null : { at, kind: "ends" };
    if (isDone) return { at, kind: "after_end" };
    const step = take(text, at, { expected, inside: open.at(-1) });
    if ("kind" in step) return step;
    if (step.opens) open.push(step.opens);
    if (step.closes) open.pop();
    expected = step.expected;
    at = step.end;
  }
}

type Step = { end: number; expected: Expected; opens?: "{" | "["; closes?: true };

function take(
  text: string,
  at: number,
  { expected, inside }: { expected: Expected; inside: "{" | "[" | undefined },
): Step | Wrong {
  const sign = text.charAt(at);
  const end = at + 1;
  const closes = sign === (inside === "{" ? "}" : "]");
  const mayClose = expected.endsWith("_or_end") && inside !== undefined;
  if (closes && mayClose) return { end, expected: "comma_or_end", closes };
  switch (expected) {
    case "comma_or_end":
      if (sign !== ",") return { at, kind: "comma" };
      return { end, expected: inside === "{" ? "key" : "value" };
    case "colon":
      return sign === ":" ? { end, expected: "value" } : { at, kind: "colon" };
    case "key":
    case "key_or_end":
      if (sign === '"') return takeText(text, at, "colon");
      if (closes) return { at, kind: "last_comma" };
      return { at, kind: OTHER_QUOTES.has(sign) ? "quote" : "key" };
    default:
      return takeValue(text, at, inside === "[" && expected === "value");
  }
}

function takeValue(text: string, at: number, isAfterComma: boolean): Step | Wrong {
  const sign = text.charAt(at);
  if (sign === '"') return takeText(text, at, "comma_or_end");
  if (sign === "{") return { end: at + 1, expected: "key_or_end", opens: sign };
  if (sign === "[") return { end: at + 1, expected: "value_or_end", opens: sign };
  const end = skip(SCALAR, text, at);
  if (end > at) return { end, expected: "comma_or_end" };
  if (sign === "]" && isAfterComma) return { at, kind: "last_comma" };
  return { at, kind: OTHER_QUOTES.has(sign) ? "quote" : "unexpected" };
}

/** By hand: a pattern with alternatives would keep a backtracking point for each of a million letters. */
function takeText(text: string, start: number, expected: Expected): Step | Wrong {
  for (let at = start + 1; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '"') return { end: at + 1, expected };
    if (sign < " ") return { at, kind: sign === "\n" || sign === "\r" ? "line_break" : "escape" };
    if (sign !== "\\") continue;
    const end = skip(ESCAPE, text, at);
    if (end === at) return { at, kind: "escape" };
    at = end - 1;
  }
  return { at: text.length, kind: "ends" };
}

/** The end of the match that begins at `at`; `at` itself without a match. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
