import { type ItemProblem, readWebhook, type WebhookItem } from "#sdk/rules.ts";
import { readJson, type UnreadableText } from "./read-typed-json.ts";
import { type NamedNumber, withNumber } from "./with-number.ts";

/** One item of a payload, or the problem that kept it from being read. */
export type PayloadEntry = WebhookItem | (ItemProblem & { kind: "problem" });

export type PayloadReading =
  | UnreadableText
  | { kind: "read"; entries: PayloadEntry[]; numberIds: string[] };

/**
 * Reads a pasted payload by the runtime's rules, in the payload's order. Pure, fast enough for each
 * keystroke, and never throws.
 *
 * @param asNumber treats all of it as sent to this number
 */
export function readPayload(text: string, asNumber: NamedNumber | null): PayloadReading {
  const parsed = readJson(text);
  if (parsed.kind !== "parsed") return parsed;
  const body = asNumber ? withNumber(parsed.value, asNumber) : parsed.value;
  const { items, problems } = readWebhook(body);
  const entries = [
    ...items,
    ...problems.map((problem) => ({ kind: "problem" as const, ...problem })),
  ].toSorted((one, other) => comparePaths(one.path, other.path));
  return { kind: "read", entries, numberIds: toNumberIds(entries) };
}

/** The numbers that are named, each once, in the payload's order. */
function toNumberIds(entries: readonly PayloadEntry[]): string[] {
  const ids = entries.map((entry) => numberIdOf(entry)).filter((id) => id !== null);
  return [...new Set(ids)];
}

export function numberIdOf(entry: PayloadEntry): string | null {
  return entry.kind === "problem" ? entry.phoneNumberId : (entry.number?.phoneNumberId ?? null);
}

/** Orders paths: `entry[2]` before `entry[10]`, and a parent before its child. */
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
