/** What is wrong with a JSON text, and where in it. */
export type JsonFault = { offset: number; message: string };

const SPACE = /[ \t\n\r]*/y;
const LITERAL = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
/** What stands for itself in a string. */
const PLAIN = /[\x20\x21\x23-\x5b\x5d-\uffff]*/y;
const DEEPEST = 64;
const MOST_FIELDS = 1_000;

/**
 * Looks through a JSON text (RFC 8259) for what `JSON.parse` refuses without saying where, and
 * for what it lets pass: a name given twice, characters that no database takes, deep nesting.
 */
export class JsonScanner {
  readonly #text: string;
  #at = 0;
  /** The names seen in each open object, null for an open array. */
  readonly #open: (Set<string> | null)[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** The first fault, or null. Without recursion, so that no nesting can exhaust the stack. */
  findFault(): JsonFault | null {
    try {
      this.#value();
      while (this.#open.length > 0) this.#continueContainer();
      this.#skipSpace();
      if (this.#at < this.#text.length) this.#fail("Nothing may follow the JSON value.");
      return null;
    } catch (fault) {
      if (fault instanceof Fault) return { offset: fault.offset, message: fault.message };
      throw fault;
    }
  }

  #continueContainer(): void {
    const names = this.#open.at(-1);
    if (this.#take(names ? "}" : "]")) this.#open.pop();
    else if (!this.#take(",")) this.#fail(`Expected , or ${names ? "}" : "]"}.`);
    else this.#member(names ?? null);
  }

  #value(): void {
    if (this.#take("{")) this.#enter(new Set());
    else if (this.#take("[")) this.#enter(null);
    else if (this.#peek() === '"') this.#string();
    else if (!this.#skip(LITERAL)) this.#fail("Expected a JSON value.");
  }

  #enter(names: Set<string> | null): void {
    if (this.#open.length === DEEPEST) this.#fail(`Nested more than ${DEEPEST} deep.`);
    if (this.#take(names ? "}" : "]")) return;
    this.#open.push(names);
    this.#member(names);
  }

  #member(names: Set<string> | null): void {
    if (names) this.#name(names);
    this.#value();
  }

  #name(names: Set<string>): void {
    this.#skipSpace();
    const offset = this.#at;
    if (this.#peek() !== '"') this.#fail("Expected a field's name in double quotes.");
    const name = this.#string();
    if (names.has(name))
      throw new Fault(offset, `The field ${JSON.stringify(name)} is given twice.`);
    if (names.size === MOST_FIELDS) throw new Fault(offset, `More than ${MOST_FIELDS} fields.`);
    names.add(name);
    if (!this.#take(":")) this.#fail("Expected : after a field's name.");
  }

  /** The text came from UTF-8, so that only an escape can break a character or write a NUL. */
  #string(): string {
    const start = this.#at;
    this.#at += 1;
    this.#skip(PLAIN);
    if (this.#peek() === '"') {
      this.#at += 1;
      return this.#text.slice(start + 1, this.#at - 1);
    }
    while (this.#skip(ESCAPE)) this.#skip(PLAIN);
    if (this.#peek() === undefined) throw new Fault(start, "This string does not end.");
    if (this.#peek() === "\\") this.#fail("This escape is not one of JSON's.");
    if (this.#peek() !== '"') this.#fail("A control character in a string must be escaped.");
    this.#at += 1;
    const value: string = JSON.parse(this.#text.slice(start, this.#at));
    if (!value.isWellFormed()) throw new Fault(start, "This string has half a surrogate pair.");
    if (value.includes("\0")) throw new Fault(start, "This string has a NUL character.");
    return value;
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#peek() !== character) return false;
    this.#at += 1;
    return true;
  }

  #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #skipSpace(): void {
    this.#skip(SPACE);
  }

  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #fail(message: string): never {
    throw new Fault(this.#at, message);
  }
}

class Fault extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}
