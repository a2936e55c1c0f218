import { originOf } from "./plain-text.ts";
import type { ScannedText } from "./scan-text.ts";

const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const OPENING = /[+(\uFF0B][+( ]*$/;
const LOOK_BACK = 4;

/** Quotes groups as the text has them, on one line: a date or an amount in full, and without codes that a reader does not see. */
export function quote({ plain, groups }: ScannedText, first: number, last: number): string {
  const { text, source, isCoded } = plain;
  const shape = groups[first]?.shape;
  const isShape = shape !== null && shape !== undefined && shape === groups[last]?.shape;
  const { start = 0 } = (isShape ? shape : groups[first]) ?? {};
  const { end = 0 } = (isShape ? shape : groups[last]) ?? {};
  const before = text.slice(Math.max(0, start - LOOK_BACK), start);
  const from = start - (OPENING.exec(before)?.[0].length ?? 0);
  const written = isCoded
    ? text.slice(from, end)
    : source.slice(originOf(plain, from), endInSource(end));
  return written.replace(UNSEEN, "").replace(/\s+/g, " ").trim();

  function endInSource(index: number): number {
    const origin = originOf(plain, index - 1);
    return origin + ((source.codePointAt(origin) ?? 0) > 0xffff ? 2 : 1);
  }
}
