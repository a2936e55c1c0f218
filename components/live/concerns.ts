import type { LiveKind } from "#lib/live/live-entry.ts";
import type { LiveChange } from "#lib/live/to-events.ts";

/** Which changes each page shows, by the first part of its path. The bell is on all of them. */
const KINDS: Readonly<Record<string, readonly LiveKind[]>> = {
  numbers: ["flag", "number", "account", "roster", "request", "schedule", "runtime"],
  accounts: ["flag", "number", "account", "roster", "request", "person"],
  requests: ["request", "flag", "number", "account"],
  schedule: ["schedule", "flag", "request", "account"],
  review: ["flag", "number", "account", "request"],
  batches: ["batch", "flag", "request"],
  runtimes: ["runtime", "flag"],
  audit: ["audit", "flag", "number", "account", "roster", "request", "schedule", "batch"],
  people: ["person", "session", "token", "request", "schedule"],
  tokens: ["token", "person"],
  webhooks: ["webhook"],
  account: ["session", "token", "person"],
};

/** Pages that show what changed read it at once; those that may count it take turns, so that not all read together. */
const SPREAD_MS = 3_000;

/**
 * In how many milliseconds a page at this path should read itself again; null when the change does not
 * concern it.
 *
 * @param isShown whether the page has a row of that id
 */
export function toDelay(
  path: string,
  { kind, ids }: LiveChange,
  isShown: (id: string) => boolean,
): number | null {
  const [, page = "", id] = path.split("/");
  if (kind === "notice") return 0;
  const spreadMs = Math.random() * SPREAD_MS;
  // The rail counts requests, whatever the page.
  if (!KINDS[page]?.includes(kind)) return kind === "request" ? spreadMs : null;
  const isList = page === "numbers" && id === undefined;
  return isList && !ids.some(isShown) ? spreadMs : 0;
}
