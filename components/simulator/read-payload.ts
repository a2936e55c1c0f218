import { type ItemProblem, readWebhook, type WebhookItem } from "#sdk/rules.ts";
import { findJsonProblem, type JsonProblem } from "./find-json-problem.ts";
import { type NamedNumber, withNumber } from "./with-number.ts";

/** Meta's own limit is 3 MB. */
const MOST_CHARACTERS = 4_000_000;

/** One item of a payload, or what kept one from being read. */
export type PayloadEntry = WebhookItem | (ItemProblem & { kind: "problem" });

export type PayloadReading =
  | { kind: "empty" }
  | { kind: "too_large" }
  | { kind: "broken"; problem: JsonProblem }
  | { kind: "read"; entries: PayloadEntry[]; numberIds: string[] };

/**
 * Reads a pasted payload by the rules that the runtime runs, in the payload's order. Pure, quick enough
 * for each keystroke, and never throws.
 *
 * @param asNumber reads all of it as if it had come to this number
 */
export function readPayload(text: string, asNumber: NamedNumber | null): PayloadReading {
  if (text.trim() === "") return { kind: "empty" };
  if (text.length > MOST_CHARACTERS) return { kind: "too_large" };
  const parsed = parse(text);
  if (!parsed.ok) return { kind: "broken", problem: parsed.problem };
  const body = asNumber ? withNumber(parsed.value, asNumber) : parsed.value;
  const { items, problems } = readWebhook(body);
  const entries = [
    ...items,
    ...problems.map((problem) => ({ kind: "problem" as const, ...problem })),
  ].toSorted((one, other) => comparePaths(one.path, other.path));
  return { kind: "read", entries, numberIds: toNumberIds(entries) };
}

type Parsed = { ok: true; value: unknown } | { ok: false; problem: JsonProblem };

function parse(text: string): Parsed {
  // Files and e-mails carry it along unseen.
  const json = text.replace(/^\uFEFF/, "");
  try {
    return { ok: true, value: JSON.parse(json) };
  } catch {
    const nowhere = { line: 1, column: 1, kind: "unexpected", found: json.charAt(0) } as const;
    return { ok: false, problem: findJsonProblem(json) ?? nowhere };
  }
}

/** The numbers named, each once, in the payload's order. */
function toNumberIds(entries: readonly PayloadEntry[]): string[] {
  const ids = entries.map((entry) => numberIdOf(entry)).filter((id) => id !== null);
  return [...new Set(ids)];
}

export function numberIdOf(entry: PayloadEntry): string | null {
  return entry.kind === "problem" ? entry.phoneNumberId : (entry.number?.phoneNumberId ?? null);
}

/** `entry[2]` before `entry[10]`, and what has a part before the part. */
export function comparePaths(one: string, other: string): number {
  const [parts, otherParts] = [toParts(one), toParts(other)];
  for (const [at, part] of parts.entries()) {
    const against = otherParts[at];
    if (against === undefined) return 1;
    if (part === against) continue;
    const bothPlaces = typeof part === "number" && typeof against === "number";
    return bothPlaces ? part - against : String(part) < String(against) ? -1 : 1;
  }
  return parts.length - otherParts.length;
}

function toParts(path: string): (string | number)[] {
  const parts = path.match(/[^.[\]]+/g) ?? [];
  return parts.map((part) => (/^[0-9]+$/.test(part) ? Number(part) : part));
}
