import { type DigitGroup, findDigitGroups } from "./digit-groups.ts";
import { findShapes, type Shape } from "./no-phone-shapes.ts";
import { isInCode, type Label, readLabel } from "./number-labels.ts";
import { type PlainText, toPlainText } from "./plain-text.ts";

/** A group of digits with what the text around it says of it. */
export type ScannedGroup = DigitGroup & { label: Label; shape: Shape | null };

export type ScannedText = { plain: PlainText; groups: readonly ScannedGroup[] };

/** What joins two numbers of one kind. */
const JOINS = /^\s*(?:[,/;&]|e|y|and|und|et|o|ou|or|oder)\s*$/i;

const FEWEST_OF_A_CODE = 3;

/** The groups of digits of a pasted text, and what they are not by their shape or by the words before them. */
export function scanText(source: string): ScannedText {
  const plain = toPlainText(source);
  const { text } = plain;
  const shapes = findShapes(text);
  const found = findDigitGroups(text);
  const shapeOf = assignShapes(found, shapes);
  const groups: ScannedGroup[] = [];
  for (const [index, group] of found.entries()) {
    const before = groups.at(-1);
    const own = isInCode(text, group.start) ? "reference" : readLabel(text, group.start);
    const isApart = before?.shape && before.shape !== shapeOf[index];
    const label = own ?? (isApart ? null : inherit(group, before));
    groups.push({ ...group, label, shape: shapeOf[index] ?? null });
  }
  return { plain, groups };
}

/** "Orders 4501 and 4502". A document is one number. */
function inherit(group: DigitGroup, before: ScannedGroup | undefined): Label {
  if (before === undefined || before.label === null || group.hasPlus) return null;
  // "#1 11 …": that one counts what comes.
  if (before.digits.length < FEWEST_OF_A_CODE && before.label === "reference") return null;
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
