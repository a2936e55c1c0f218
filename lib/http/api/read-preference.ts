/**
 * The value of a preference in a `Prefer` header (RFC 7240): the first that is well formed, since preferences
 * never fail a request. Null when there is none.
 */
export function readPreference(
  prefer: string | null,
  name: string,
  isValue: RegExp,
): string | null {
  for (const preference of prefer?.split(",") ?? []) {
    const [, key, value] = /^\s*([\w-]+)\s*=\s*"?([^";]*?)"?\s*(?:;|$)/.exec(preference) ?? [];
    if (key?.toLowerCase() === name && value !== undefined && isValue.test(value)) return value;
  }
  return null;
}

/** Whether the caller wants a refusal (409) rather than a request for a second person's consent. */
export function prefersStrict({ headers }: Request): boolean {
  return (
    readPreference(headers.get("prefer"), "handling", /^(?:strict|lenient)$/i)?.toLowerCase() ===
    "strict"
  );
}
