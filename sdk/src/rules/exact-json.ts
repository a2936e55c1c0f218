/**
 * A number as written in the JSON text, if JavaScript cannot hold all its digits. Made by `JSON.rawJSON`, so
 * that `JSON.stringify` writes the same digits.
 */
type WrittenNumber = { readonly rawJSON: string };

type RawJson = {
  rawJSON?: (text: string) => WrittenNumber;
  isRawJSON?: (value: unknown) => value is WrittenNumber;
};

/** TypeScript has no types for these two yet. Browsers older than 2025 may lack them, so that both are optional. */
const RAW: RawJson = JSON as unknown as RawJson;

/**
 * Finds a number that JavaScript may write differently: sixteen digits or more, an exponent, a trailing or
 * very small fraction, a negative zero. A text that looks like one only costs time.
 */
const MAY_CHANGE =
  /(?:^|[:,[])[ \t\r\n]*-?(?:[0-9.]{16}|[0-9.]+[eE]|0\.000000|[0-9]+\.[0-9]*0(?![0-9])|0(?![0-9.]))/;
const SCALAR = /[^ \t\r\n,\]}]+/y;

/**
 * `JSON.parse` that changes no number: one that JavaScript would round or spell differently is kept as written,
 * and `JSON.stringify` writes it back so. Programs in between send ids of 18 digits as JSON numbers, and a
 * rounded id is somebody else's. Everything else is as `JSON.parse` has it, at any depth.
 *
 * @throws SyntaxError for a text that is not JSON
 */
export function parseExactJson(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  return RAW.rawJSON && MAY_CHANGE.test(text) ? build(text, RAW.rawJSON) : parsed;
}

/**
 * A JSON number as it was written; null for anything else, and for an integer beyond 2^53, which `JSON.parse`
 * may have rounded: `parseExactJson` never leaves those as JavaScript numbers.
 */
export function asWrittenNumber(value: unknown): string | null {
  if (isWrittenNumber(value)) return value.rawJSON;
  if (typeof value !== "number") return null;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? null : String(value);
}

/** Whether a value is a number that `parseExactJson` kept as written, and not an object of the JSON. */
export function isWrittenNumber(value: unknown): value is WrittenNumber {
  return RAW.isRawJSON?.(value) ?? false;
}

type Open = { value: object; key: string | null };

/** Builds the value of a valid JSON text. Not recursive, so that any depth works. */
function build(text: string, toRaw: (text: string) => WrittenNumber): unknown {
  const open: Open[] = [];
  let root: unknown;
  const add = (value: unknown) => {
    const parent = open.at(-1);
    if (!parent) root = value;
    else if (Array.isArray(parent.value)) parent.value.push(value);
    else setKey(parent, value);
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === "{" || sign === "[") {
      const value = sign === "{" ? {} : [];
      add(value);
      open.push({ value, key: null });
    } else if (sign === "}" || sign === "]") {
      open.pop();
    } else if (sign === '"') {
      const end = endOfText(text, at);
      add(JSON.parse(text.slice(at, end)));
      at = end - 1;
    } else if (!isBetween(sign)) {
      SCALAR.lastIndex = at;
      const [scalar = ""] = SCALAR.exec(text) ?? [];
      add(toScalar(scalar, toRaw));
      at += scalar.length - 1;
    }
  }
  return root;
}

/** Adds a key or its value to an object. Uses defineProperty, since `__proto__` is a key like any other. */
function setKey(parent: Open, value: unknown): void {
  if (parent.key === null) {
    parent.key = String(value);
    return;
  }
  const how = { value, configurable: true, enumerable: true, writable: true };
  Object.defineProperty(parent.value, parent.key, how);
  parent.key = null;
}

function isBetween(sign: string): boolean {
  return sign === "," || sign === ":" || sign === " " || sign < " ";
}

function toScalar(scalar: string, toRaw: (text: string) => WrittenNumber): unknown {
  const value: unknown = JSON.parse(scalar);
  return typeof value === "number" && !isExact(value, scalar) ? toRaw(scalar) : value;
}

/** Whether a number has the written digits. Never for an integer beyond 2^53, whose digits may match by chance. */
function isExact(value: number, written: string): boolean {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return false;
  return JSON.stringify(value) === written;
}

/** The index after the closing quote, the first one that is not preceded by an odd number of backslashes. */
export function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slash = end - 1;
    while (text.charAt(slash) === "\\") slash -= 1;
    if ((end - slash) % 2 === 1) return end + 1;
  }
}
