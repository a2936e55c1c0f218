import { isWrittenNumber } from "#sdk/rules.ts";

/** One line of two JSON texts side by side; null where a side has no such line. */
type DiffRow = {
  left: string | null;
  right: string | null;
  /** Whether the two sides differ here. */
  differs: boolean;
};

export type JsonDiff = {
  rows: DiffRow[];
  /** The paths that differ, such as `sender.userId`, in the order of the lines. */
  paths: string[];
};

/** A value on one side, with the comma after it; undefined where the side lacks it. */
type Slot = { value: unknown; end: "" | "," } | undefined;
type Place = { key: string | null; path: string; depth: number };
type Container = Record<string, unknown> | unknown[];

/** Deeper than any webhook. Deeper values are not shown, so that every payload can be compared. */
const MAX_DEPTH = 24;
/** More than any webhook has. Further keys are only counted; copying gives all of them. */
const MAX_KEYS = 200;
const MAX_TEXT = 400;

/**
 * Compares two JSON values line by line, indented as by `JSON.stringify`: equal lines side by side, and
 * the paths that differ.
 */
export function diffJson(left: unknown, right: unknown): JsonDiff {
  const diff: JsonDiff = { rows: [], paths: [] };
  const slots = { left: { value: left, end: "" }, right: { value: right, end: "" } } as const;
  addRows(diff, slots, { key: null, path: "", depth: 0 });
  return diff;
}

/** One JSON value as lines, shortened as in a diff. */
export function toJsonLines(value: unknown): string[] {
  return toLines({ value, end: "" }, { key: null, path: "", depth: 0 });
}

function addRows(diff: JsonDiff, { left, right }: { left: Slot; right: Slot }, place: Place): void {
  const [leftItems, rightItems] = [toContainer(left?.value), toContainer(right?.value)];
  const isAlike = leftItems && rightItems && Array.isArray(leftItems) === Array.isArray(rightItems);
  if (!left || !right || !isAlike || place.depth >= MAX_DEPTH) {
    addLeaf(diff, { left, right }, place);
    return;
  }
  const [start, end] = bracketsOf(rightItems);
  const opening = toLine(place, start);
  diff.rows.push({ left: opening, right: opening, differs: false });
  const [leftSlots, rightSlots] = [toSlots(leftItems), toSlots(rightItems)];
  for (const key of mergeKeys([...leftSlots.keys()], [...rightSlots.keys()])) {
    const slots = { left: leftSlots.get(key), right: rightSlots.get(key) };
    addRows(diff, slots, toChild(place, key, Array.isArray(rightItems)));
  }
  const closing = `${indent(place.depth)}${end}`;
  diff.rows.push({ left: closing + left.end, right: closing + right.end, differs: false });
}

function addLeaf(diff: JsonDiff, { left, right }: { left: Slot; right: Slot }, place: Place): void {
  const [leftLines, rightLines] = [toLines(left, place), toLines(right, place)];
  const differs = !left || !right || !isSame(left.value, right.value);
  if (differs) diff.paths.push(place.path);
  const length = Math.max(leftLines.length, rightLines.length);
  for (let index = 0; index < length; index += 1) {
    diff.rows.push({ left: leftLines[index] ?? null, right: rightLines[index] ?? null, differs });
  }
}

function toLines(slot: Slot, place: Place): string[] {
  if (!slot) return [];
  const items = toContainer(slot.value);
  const isEmpty = !items || Object.keys(items).length === 0;
  if (isEmpty || place.depth >= MAX_DEPTH) return [toLine(place, toText(slot.value)) + slot.end];
  const [start, end] = bracketsOf(items);
  const inner = [...toSlots(items)].flatMap(([key, child]) =>
    toLines(child, toChild(place, key, Array.isArray(items))),
  );
  return [toLine(place, start), ...inner, `${indent(place.depth)}${end}${slot.end}`];
}

/** Merges the keys of both sides, keeping each side's order. */
function mergeKeys(left: string[], right: string[]): string[] {
  const merged: string[] = [];
  const waiting = [...left];
  for (const key of right) {
    const place = waiting.indexOf(key);
    merged.push(...waiting.splice(0, place + 1).slice(0, -1), key);
  }
  return [...merged, ...waiting];
}

function toSlots(items: Container): Map<string, Slot> {
  const entries = Object.entries(items);
  const shown = entries.slice(0, MAX_KEYS);
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
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…"` : text;
}

function toContainer(value: unknown): Container | null {
  // A number of more digits than JavaScript holds is an object only in its type.
  if (typeof value !== "object" || value === null || isWrittenNumber(value)) return null;
  return value as Container;
}

function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (isWrittenNumber(left) && isWrittenNumber(right)) return left.rawJSON === right.rawJSON;
  // Two containers reach this only below the depth that is shown.
  const [leftItems, rightItems] = [toContainer(left), toContainer(right)];
  return leftItems !== null && rightItems !== null && Array.isArray(left) === Array.isArray(right);
}

function bracketsOf(items: Container): [string, string] {
  return Array.isArray(items) ? ["[", "]"] : ["{", "}"];
}

function indent(depth: number): string {
  return "  ".repeat(depth);
}
