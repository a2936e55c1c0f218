import { keepNumbers } from "#lib/phones/keep-numbers.ts";

const LONGEST_TEXT = 500;
const DEFAULTS: Record<string, string> = { q: "", state: "in-service", account: "", sort: "label" };

/**
 * The form as an address, without what is not set. Of a long text only its numbers stay, with a few
 * words before each, so that a link to it can be sent to a colleague.
 */
export function toSearchParams(form: FormData): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of form) {
    if (typeof value !== "string") continue;
    const kept = name === "q" ? shorten(value) : value;
    if (kept !== DEFAULTS[name]) params.set(name, kept);
  }
  return params;
}

/** What is searched for, as the address and the box show it. */
export function shorten(typed: string): string {
  const text = typed.trim();
  if (text.length <= LONGEST_TEXT) return text;
  return keepNumbers(text) || text.slice(0, LONGEST_TEXT);
}
