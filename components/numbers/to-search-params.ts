const MAX_TEXT = 500;
const DEFAULTS: Record<string, string> = {
  q: "",
  state: "in-service",
  account: "",
  manager: "",
  since: "",
  sort: "label",
};

let shortenToNumbers: ((source: string) => string) | undefined;

/**
 * Loads the shortening of long texts: too much code for every page, and needed once somebody is about to
 * paste.
 */
export async function loadShortening(): Promise<void> {
  ({ shortenToNumbers } = await import("#lib/phones/shorten-to-numbers.ts"));
}

/**
 * The form as the address's query, without fields that are not set. A long text keeps only its numbers,
 * with a few words before each, so that a link to it can be sent to a colleague.
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

/** The searched text, as the address and the box show it; unchanged until the shortening is loaded. */
export function shorten(typed: string): string {
  const text = typed.trim();
  if (text.length <= MAX_TEXT || !shortenToNumbers) return text;
  return shortenToNumbers(text) || text.slice(0, MAX_TEXT);
}
