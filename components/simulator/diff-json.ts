/** One line of two JSON texts side by side; null where that side has nothing to say. */
type DiffRow = {
  off: string | null;
  on: string | null;
  /** Whether the two sides differ here. */
  differs: boolean;
};

export type JsonDiff = {
  rows: DiffRow[];
  /** What differs, such as `sender.userId`, in the order of the lines. */
  paths: string[];
};

/** A value on one side, with the comma that follows it there; undefined where the side lacks it. */
type Slot = { value: unknown; end: "" | "," } | undefined;
type Place = { key: string | null; path: string; depth: number };
type Container = Record<string, unknown> | unknown[];

/** Deeper than any webhook; what is below it is not shown, so that no payload can be too deep. */
const DEEPEST = 24;
/** More than any webhook has. What is beyond these is only counted; copying gives all of it. */
const MOST_KEYS = 200;
const LONGEST_TEXT = 400;

/**
 * Two JSON values line by line, as `JSON.stringify` indents them, with lines that mean the same beside
 * each other and the paths at which they differ.
 */
export function diffJson(off: unknown, on: unknown): JsonDiff {
  const diff: JsonDiff = { rows: [], paths: [] };
  const slots = { off: { value: off, end: "" }, on: { value: on, end: "" } } as const;
  addRows(diff, slots, { key: null, path: "", depth: 0 });
  return diff;
}

/** One JSON value, line by line, shortened as in a diff. */
export function toJsonLines(value: unknown): string[] {
  return toLines({ value, end: "" }, { key: null, path: "", depth: 0 });
}

function addRows(diff: JsonDiff, { off, on }: { off: Slot; on: Slot }, place: Place): void {
  const [offItems, onItems] = [toContainer(off?.value), toContainer(on?.value)];
  const isAlike = offItems && onItems && Array.isArray(offItems) === Array.isArray(onItems);
  if (!off || !on || !isAlike || place.depth >= DEEPEST) {
    addLeaf(diff, { off, on }, place);
    return;
  }
  const [start, end] = bracketsOf(onItems);
  const opening = toLine(place, start);
  diff.rows.push({ off: opening, on: opening, differs: false });
  const [offSlots, onSlots] = [toSlots(offItems), toSlots(onItems)];
  for (const key of mergeKeys([...offSlots.keys()], [...onSlots.keys()])) {
    const slots = { off: offSlots.get(key), on: onSlots.get(key) };
    addRows(diff, slots, toChild(place, key, Array.isArray(onItems)));
  }
  const closing = `${indent(place.depth)}${end}`;
  diff.rows.push({ off: closing + off.end, on: closing + on.end, differs: false });
}

function addLeaf(diff: JsonDiff, { off, on }: { off: Slot; on: Slot }, place: Place): void {
  const [offLines, onLines] = [toLines(off, place), toLines(on, place)];
  const differs = !off || !on || !isSame(off.value, on.value);
  if (differs) diff.paths.push(place.path);
  const length = Math.max(offLines.length, onLines.length);
  for (let index = 0; index < length; index += 1) {
    diff.rows.push({ off: offLines[index] ?? null, on: onLines[index] ?? null, differs });
  }
}

function toLines(slot: Slot, place: Place): string[] {
  if (!slot) return [];
  const items = toContainer(slot.value);
  const isEmpty = !items || Object.keys(items).length === 0;
  if (isEmpty || place.depth >= DEEPEST) return [toLine(place, toText(slot.value)) + slot.end];
  const [start, end] = bracketsOf(items);
  const inner = [...toSlots(items)].flatMap(([key, child]) =>
    toLines(child, toChild(place, key, Array.isArray(items))),
  );
  return [toLine(place, start), ...inner, `${indent(place.depth)}${end}${slot.end}`];
}

/** The keys of both sides, each in its own order; those of one side stand where they stand there. */
function mergeKeys(off: string[], on: string[]): string[] {
  const merged: string[] = [];
  const waiting = [...off];
  for (const key of on) {
    const place = waiting.indexOf(key);
    merged.push(...waiting.splice(0, place + 1).slice(0, -1), key);
  }
  return [...merged, ...waiting];
}

function toSlots(items: Container): Map<string, Slot> {
  const entries = Object.entries(items);
  const shown = entries.slice(0, MOST_KEYS);
  const hidden = entries.length - shown.length;
  if (hidden > 0) shown.push(["…", `${hidden} more`]);
  const last = shown.length - 1;
  return new Map(shown.map(([key, value], at) => [key, { value, end: at === last ? "" : "," }]));
}

function toChild(place: Place, key: string, isList: boolean): Place {
  const name = isList ? `[${key}]` : `${place.path === "" ? "" : "."}${key}`;
  return { key: isList ? null : key, path: place.path + name, depth: place.depth + 1 };
}

function toLine({ key, depth }: Place, text: string): string {
  return `${indent(depth)}${key === null ? "" : `${JSON.stringify(key)}: `}${text}`;
}

function toText(value: unknown): string {
  const items = toContainer(value);
  if (items) return Object.keys(items).length === 0 ? bracketsOf(items).join("") : "…";
  const text = JSON.stringify(value) ?? "null";
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…"` : text;
}

function toContainer(value: unknown): Container | null {
  return typeof value === "object" && value !== null ? (value as Container) : null;
}

function isSame(off: unknown, on: unknown): boolean {
  if (off === on) return true;
  // Two containers alike get here only at the depth below which nothing is shown.
  const [offItems, onItems] = [toContainer(off), toContainer(on)];
  return offItems !== null && onItems !== null && Array.isArray(off) === Array.isArray(on);
}

function bracketsOf(items: Container): [string, string] {
  return Array.isArray(items) ? ["[", "]"] : ["{", "}"];
}

function indent(depth: number): string {
  return "  ".repeat(depth);
}
