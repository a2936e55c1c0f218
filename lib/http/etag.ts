import { AppError } from "../errors.ts";

/** An entity tag of RFC 9110, section 8.8.3; `value` is without quotes. */
type EntityTag = { value: string; isWeak: boolean };

/** Whatever a conditional header names: any representation, or these. */
type TagCondition = "any" | readonly EntityTag[];

/** One element of a list; empty elements before it are ignored (RFC 9110, 5.6.1). */
const TAG = /[ \t,]*(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*(?=,|$)/y;

/** @returns null when the header is not a list of entity tags */
function parseTagCondition(header: string): TagCondition | null {
  if (header.trim() === "*") return "any";
  const tags: EntityTag[] = [];
  const list = header.replace(/[ \t,]+$/, "");
  TAG.lastIndex = 0;
  while (TAG.lastIndex < list.length) {
    const match = TAG.exec(list);
    if (!match) return null;
    tags.push({ value: match[2] ?? "", isWeak: match[1] !== undefined });
  }
  return tags.length > 0 ? tags : null;
}

/** Whether `If-None-Match` names this representation: weak comparison; a malformed header names nothing. */
export function isNoneMatchHit(header: string | null, value: string): boolean {
  if (header === null) return false;
  const condition = parseTagCondition(header);
  if (condition === null) return false;
  return condition === "any" || condition.some((tag) => tag.value === value);
}

/**
 * What `If-Match` asks for: strong tags only, since a weak one never matches (RFC 9110, 13.1.1).
 *
 * @returns null without the header, or when it asks for any representation
 * @throws AppError INVALID_INPUT for a malformed header, which must not pass as "no condition"
 */
export function readIfMatch(request: Request): readonly string[] | null {
  const header = request.headers.get("if-match");
  if (header === null) return null;
  const condition = parseTagCondition(header);
  if (condition === "any") return null;
  if (condition) return condition.filter((tag) => !tag.isWeak).map((tag) => tag.value);
  const message = 'If-Match must be an entity tag in quotes, such as "v3", a list of them, or *.';
  throw new AppError("INVALID_INPUT", message, [{ path: "If-Match", message }]);
}
