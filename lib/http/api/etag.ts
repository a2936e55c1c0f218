import { AppError } from "../../errors.ts";

/** Whatever a conditional header names: any representation, or these. */
type TagCondition = "any" | readonly string[];

/** One element of a list; empty elements before it are ignored (RFC 9110, 5.6.1). */
const TAG = /[ \t,]*(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*(?=,|$)/y;

/**
 * What a proxy that compresses answers puts behind a tag of ours: Apache `-gzip`, Jetty `--gzip`,
 * Caddy `-zstd`. None of our own tags ends so.
 */
const CODING = /-{1,2}(?:gzip|br|zstd|deflate)$/;

/**
 * The tags without quotes, as we gave them out: a proxy that compresses makes them weak, or marks
 * the coding behind them, which says nothing about the version that they name.
 *
 * @returns null when the header is not a list of entity tags (RFC 9110, 8.8.3)
 */
function parseTagCondition(header: string): TagCondition | null {
  if (header.trim() === "*") return "any";
  const tags: string[] = [];
  const list = withoutEmptyEnd(header);
  TAG.lastIndex = 0;
  while (TAG.lastIndex < list.length) {
    const match = TAG.exec(list);
    if (!match) return null;
    tags.push((match[1] ?? "").replace(CODING, ""));
  }
  return tags.length > 0 ? tags : null;
}

/** Without the empty elements at the end. A pattern would look at each run of blanks once for each of its signs. */
function withoutEmptyEnd(list: string): string {
  let end = list.length;
  while (end > 0 && " \t,".includes(list.charAt(end - 1))) end -= 1;
  return list.slice(0, end);
}

/** Whether `If-None-Match` names this representation: weak comparison; a malformed header names nothing. */
export function isNoneMatchHit(header: string | null, value: string): boolean {
  if (header === null) return false;
  const condition = parseTagCondition(header);
  if (condition === null) return false;
  return condition === "any" || condition.includes(value);
}

/**
 * What `If-Match` asks for. RFC 9110, 13.1.1 lets weak tags never match; ours are versions, as sure
 * behind a `W/` that a proxy wrote as without, and a client behind such a proxy has no other tag.
 *
 * @returns null without the header, or when it asks for any representation
 * @throws AppError INVALID_INPUT for a malformed header, which must not pass as "no condition"
 */
export function readIfMatch(request: Request): readonly string[] | null {
  const header = request.headers.get("if-match");
  if (header === null) return null;
  const condition = parseTagCondition(header);
  if (condition === "any") return null;
  if (condition) return condition;
  const message = 'If-Match must be an entity tag in quotes, such as "v3", a list of them, or *.';
  throw new AppError("INVALID_INPUT", message, [{ path: "If-Match", message }]);
}
