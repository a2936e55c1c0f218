/**
 * A number as it stood in the JSON text, for those that JavaScript cannot hold digit by digit. Made by
 * `JSON.rawJSON`, so that `JSON.stringify` writes the very same digits.
 */
type WrittenNumber = { readonly rawJSON: string };

type RawJson = {
  rawJSON?: (text: string) => WrittenNumber;
  isRawJSON?: (value: unknown) => value is WrittenNumber;
};

/** TypeScript has no types for these two yet. Browsers older than 2025 may lack them, so that both are optional. */
const RAW: RawJson = JSON as unknown as RawJson;

/**
 * Finds a number that may come out otherwise than it was written: sixteen digits or more, an exponent, a
 * trailing or very small fraction, a negative zero. Texts that look like one only cost the time to look closer.
 */
const MAY_CHANGE =
  /(?:^|[:,[])[ \t\r\n]*-?(?:[0-9.]{16}|[0-9.]+[eE]|0\.000000|[0-9]+\.[0-9]*0(?![0-9])|0(?![0-9.]))/;
const SCALAR = /[^ \t\r\n,\]}]+/y;

/**
 * `JSON.parse` that changes no number: one that JavaScript would round or spell otherwise is kept as it was
 * written, and `JSON.stringify` gives it back so. Ids of 18 digits come as JSON numbers from programs in
 * between, and a rounded id is somebody else's. All else is as `JSON.parse` has it, at any depth.
 *
 * @throws SyntaxError for what is no JSON
 */
export function parseExactJson(text: string): unknown {
  const parsed: unknown = JSON.parse(text);
  return RAW.rawJSON && MAY_CHANGE.test(text) ? build(text, RAW.rawJSON) : parsed;
}

/**
 * A JSON number as it was written; null for what is no number. Null as well for one that `JSON.parse` may
 * have rounded, an integer beyond 2^53: `parseExactJson` never leaves those as numbers of JavaScript's.
 */
export function asWrittenNumber(value: unknown): string | null {
  if (isWrittenNumber(value)) return value.rawJSON;
  if (typeof value !== "number") return null;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? null : String(value);
}

/** Whether a value is a number that `parseExactJson` kept as it was written, and so no object of the JSON. */
export function isWrittenNumber(value: unknown): value is WrittenNumber {
  return RAW.isRawJSON?.(value) ?? false;
}

type Open = { value: object; key: string | null };

/** Of a text that is JSON. Without recursion, so that no nesting is too deep for it. */
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

/** The first value is the key of the next one. Defined, since `__proto__` is a key like any other. */
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

/** An integer beyond 2^53 never is: its digits may look right by chance. */
function isExact(value: number, written: string): boolean {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return false;
  return JSON.stringify(value) === written;
}

/** Behind the closing quote: the first one that no odd number of backslashes precedes. */
export function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slash = end - 1;
    while (text.charAt(slash) === "\\") slash -= 1;
    if ((end - slash) % 2 === 1) return end + 1;
  }
}
