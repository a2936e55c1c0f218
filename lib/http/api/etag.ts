import { AppError } from "../../errors.ts";

/** What a conditional header names: any representation, or these. */
type TagCondition = "any" | readonly string[];

/** One element of a list; empty elements before it are ignored (RFC 9110, 5.6.1). */
const TAG = /[ \t,]*(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*(?=,|$)/y;

/**
 * The suffixes that compressing proxies append to our tags: Apache `-gzip`, Jetty `--gzip`, Caddy
 * `-zstd`. None of our own tags ends like this.
 */
const CODING = /-{1,2}(?:gzip|br|zstd|deflate)$/;

/**
 * The tags as we issued them, without quotes. A compressing proxy makes them weak or appends the coding,
 * which says nothing about the version that they name.
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

/**
 * The list without empty elements at the end. A pattern would rescan each run of blanks from each of its
 * characters.
 */
function withoutEmptyEnd(list: string): string {
  let end = list.length;
  while (end > 0 && " \t,".includes(list.charAt(end - 1))) end -= 1;
  return list.slice(0, end);
}

/**
 * Whether `If-None-Match` names this representation, by weak comparison. A malformed header names
 * nothing.
 */
export function isNoneMatchHit(header: string | null, value: string): boolean {
  if (header === null) return false;
  const condition = parseTagCondition(header);
  if (condition === null) return false;
  return condition === "any" || condition.includes(value);
}

/**
 * The tags that `If-Match` asks for. RFC 9110, 13.1.1 never lets weak tags match. Ours name versions,
 * which a proxy's `W/` does not change, and a client behind such a proxy has no other tag.
 *
 * @returns null without the header, or when it asks for any representation
 * @throws AppError INVALID_INPUT for a malformed header, which must not count as "no condition"
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
