import { AppError } from "../../../errors.ts";

/** A character that changes the depth, ends an element, or begins a string. */
const MARK = /["[\]{},]/g;
/** Blanks as JSON defines them. */
const NOT_BLANK = /[^ \t\r\n]/;
const IN_STRING = /["\\]/g;

/**
 * Yields the elements of a JSON array as texts while it arrives, so that a large array is never parsed in
 * one piece. Only the array around them is checked; each text must still be parsed.
 *
 * @throws AppError INVALID_INPUT when it is not an array, possibly after some elements
 */
export async function* splitArray(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  const splitter = new ArraySplitter();
  for await (const piece of pieces) yield* splitter.add(piece);
  splitter.end();
}

class ArraySplitter {
  /** 0 before the array, 1 among its elements, more inside one. */
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isClosed = false;
  #count = 0;
  #element: string[] = [];

  *add(piece: string): Generator<string> {
    let from = this.#open(piece);
    for (let at = from; at < piece.length && !this.#isClosed; ) {
      const mark = this.#next(piece, at);
      if (mark < 0) break;
      at = mark + 1;
      const isEnd = this.#take(piece[mark] ?? "");
      if (!isEnd) continue;
      this.#element.push(piece.slice(from, mark));
      from = at;
      yield* this.#toElement();
    }
    const rest = piece.slice(from);
    if (!this.#isClosed) this.#element.push(rest);
    else if (NOT_BLANK.test(rest)) throw notValid("There is more behind the end of the array.");
  }

  end(): void {
    if (this.#depth === 0 && !this.#isClosed) throw noArray();
    if (!this.#isClosed) throw notValid("The array has no end.");
  }

  /** The index at which the elements begin. */
  #open(piece: string): number {
    if (this.#depth > 0 || this.#isClosed) return 0;
    const start = piece.search(NOT_BLANK);
    if (start < 0) return piece.length;
    if (piece[start] !== "[") throw noArray();
    this.#depth = 1;
    return start + 1;
  }

  #next(piece: string, from: number): number {
    if (this.#isEscaped) return from;
    const pattern = this.#isInString ? IN_STRING : MARK;
    pattern.lastIndex = from;
    return pattern.exec(piece)?.index ?? -1;
  }

  /** Whether an element ends before this mark. */
  #take(mark: string): boolean {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (this.#isInString) {
      if (mark === "\\") this.#isEscaped = true;
      else this.#isInString = false;
    } else if (mark === '"') this.#isInString = true;
    else if (mark === "[" || mark === "{") this.#depth += 1;
    else if (this.#depth > 1) this.#depth -= mark === "," ? 0 : 1;
    else if (mark === "]") {
      this.#depth = 0;
      this.#isClosed = true;
      return true;
    } else return mark === ",";
    return false;
  }

  /** An empty array has no element; any other gap is a mistake. */
  *#toElement(): Generator<string> {
    const text = this.#element.join("");
    this.#element = [];
    const isEmptyArray = this.#isClosed && this.#count === 0;
    const isBlank = !NOT_BLANK.test(text);
    if (isBlank && isEmptyArray) return;
    if (isBlank) throw notValid(`[${this.#count}]: There is a comma without an entry.`);
    this.#count += 1;
    yield text;
  }
}

function noArray(): AppError {
  return new AppError("INVALID_INPUT", "The body must be a JSON array of entries.");
}

function notValid(message: string): AppError {
  return new AppError("INVALID_INPUT", `The body is not valid JSON. ${message}`);
}
