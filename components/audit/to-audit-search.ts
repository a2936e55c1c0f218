/** The times among the form's fields. */
const TIMES = new Set(["from", "to"]);

/**
 * The form as an address, without what is not set. Times go in as instants: a colleague
 * elsewhere who gets the link sees the same entries.
 */
export function toAuditSearch(form: FormData): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of form) {
    if (typeof value !== "string" || value.trim() === "") continue;
    params.set(name, TIMES.has(name) ? new Date(value).toISOString() : value.trim());
  }
  return params;
}
