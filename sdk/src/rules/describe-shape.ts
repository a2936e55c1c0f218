import { asWrittenNumber } from "./exact-json.ts";

const MAX_CHARACTERS = 40;

/**
 * Describes the shape of a value, for people who look into why it could not be read: letters as `x` and `X`,
 * digits as `9`, signs as they are. Tells `xxxx.999` from `999@x.xx` and names nobody.
 */
export function describeShape(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  const text = typeof value === "string" ? value : asWrittenNumber(value);
  if (text === null) return typeof value === "object" ? "an object" : `a ${typeof value}`;
  const shape = [...text.slice(0, MAX_CHARACTERS)].map(maskSign).join("");
  return `"${shape}${text.length > MAX_CHARACTERS ? "…" : ""}"`;
}

function maskSign(sign: string): string {
  if (/\p{Nd}/u.test(sign)) return "9";
  if (/\p{Lu}/u.test(sign)) return "X";
  if (/\p{L}/u.test(sign)) return "x";
  if (/[\p{C}\p{Default_Ignorable_Code_Point}]/u.test(sign)) return nameCodePoint(sign);
  return sign;
}

/** An invisible character by name, such as `U+200B`. */
function nameCodePoint(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
