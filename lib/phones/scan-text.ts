import { type DigitGroup, findDigitGroups, MIN_WITH_AREA } from "./digit-groups.ts";
import { findShapes, type Shape } from "./no-phone-shapes.ts";
import { isInCode, type Label, readLabel } from "./number-labels.ts";
import { type PlainText, toPlainText } from "./plain-text.ts";

/** A group of digits with its label and shape. */
export type ScannedGroup = DigitGroup & { label: Label; shape: Shape | null };

export type ScannedText = { plain: PlainText; groups: readonly ScannedGroup[] };

/** Joins two numbers of one kind. */
const JOINS = /^\s*(?:[,/;&]|e|y|and|und|et|o|ou|or|oder)\s*$/i;

const MIN_OF_A_CODE = 3;

/** Finds the groups of digits in a pasted text, with their shapes and the labels before them. */
export function scanText(source: string): ScannedText {
  const plain = toPlainText(source);
  const { text } = plain;
  const shapes = findShapes(text);
  const digitGroups = findDigitGroups(text);
  const shapeOf = assignShapes(digitGroups, shapes);
  const groups: ScannedGroup[] = [];
  let ownLabel: number | null = null;
  for (const [index, group] of digitGroups.entries()) {
    const before = groups.at(-1);
    const own = isInCode(text, group.start) ? "reference" : readLabel(text, group.start);
    const isApart = before?.shape && before.shape !== shapeOf[index];
    const isSecond = ownLabel === index - 1;
    if (own) ownLabel = index;
    const label = own ?? (isApart ? null : inherit(group, { before, isSecond }));
    groups.push({ ...group, label, shape: shapeOf[index] ?? null });
  }
  return { plain, groups };
}

/**
 * The label that a group takes over from the one before, as in "Orders 4501 and 4502"; not a document's,
 * which is a single number.
 *
 * @param isSecond whether the label is directly before the group before
 */
function inherit(
  group: DigitGroup,
  { before, isSecond }: { before: ScannedGroup | undefined; isSecond: boolean },
): Label {
  if (before === undefined || before.label === null || group.hasPlus) return null;
  // "Order 4501 11964207710": no group of an order's number is as long as a phone.
  const { length } = group.digits;
  const isPhoneLong = length >= MIN_WITH_AREA && before.label !== "phone";
  if (isPhoneLong && group.between === " " && isSecond) return null;
  if (isPhoneLong && group.gap !== "tight" && before.digits.length < length - 3) return null;
  // "#1 11 …": the 1 is a list index.
  if (before.digits.length < MIN_OF_A_CODE && before.label === "reference") return null;
  if (group.gap === "tight") return before.label;
  return before.label !== "document" && JOINS.test(group.between) ? before.label : null;
}

function assignShapes(
  groups: readonly DigitGroup[],
  shapes: readonly Shape[],
): (Shape | undefined)[] {
  const byStart = shapes.toSorted((one, other) => one.start - other.start);
  const assigned: (Shape | undefined)[] = groups.map(() => undefined);
  let first = 0;
  for (const shape of byStart) {
    while (first < groups.length && (groups[first]?.end ?? 0) <= shape.start) first += 1;
    for (
      let index = first;
      (groups[index]?.start ?? Number.POSITIVE_INFINITY) < shape.end;
      index += 1
    ) {
      assigned[index] ??= shape;
    }
  }
  return assigned;
}
