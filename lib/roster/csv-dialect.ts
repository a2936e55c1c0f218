import { UnreadableFile } from "./decode-utf8.ts";

/** A file's delimiter, and its text from the header on. */
export type Dialect = {
  delimiter: string;
  /** The line number in the file where `text` begins. */
  firstLine: number;
  text: AsyncIterable<string>;
};

/** Excel's hint about the delimiter, on a line of its own. */
const SEPARATOR_LINE = /^sep=(.)(?:\r\n|\r|\n|$)/i;
const FIRST_FILLED_LINE = /^(?:\s*[\r\n])?([^\r\n]*\S[^\r\n]*)(?:[\r\n]|$)/;
const MAX_HEADER = 65_536;

/** Finds the delimiter, `,` `;` or tab, in the header, or in a `sep=` line before it. */
export async function findDialect(pieces: AsyncIterable<string>): Promise<Dialect> {
  const iterator = pieces[Symbol.asyncIterator]();
  let start = "";
  let isEnd = false;
  while (!isEnd && !/\S[^\r\n]*[\r\n]/.test(start)) {
    if (start.length > MAX_HEADER) {
      throw new UnreadableFile(1, "the first line is too long to be a header.");
    }
    const next = await iterator.next();
    isEnd = next.done === true;
    start += next.done ? "" : next.value;
  }
  const text = (from: string) => chain(from, iterator);
  const separator = SEPARATOR_LINE.exec(start);
  if (separator) {
    const delimiter = separator[1] ?? ",";
    return { delimiter, firstLine: 2, text: text(start.slice(separator[0].length)) };
  }
  const header = FIRST_FILLED_LINE.exec(start)?.[1] ?? "";
  return { delimiter: findDelimiter(header), firstLine: 1, text: text(start) };
}

function findDelimiter(header: string): string {
  const count = (mark: string) => header.split(mark).length;
  if (count("\t") > Math.max(count(","), count(";"))) return "\t";
  return count(";") > count(",") ? ";" : ",";
}

async function* chain(start: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  try {
    if (start !== "") yield start;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
