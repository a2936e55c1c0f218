import { once } from "node:events";
import { type CsvError, type Parser, parse } from "csv-parse";
import { countLineBreaks, UnreadableFile } from "./decode-utf8.ts";

/** The cells of one row, and the number of its first line. */
export type CsvRow = { line: number; cells: string[] };

/** A longer row means an unclosed quote, which would swallow the rest of the file. */
const MAX_CHARACTERS_PER_ROW = 100_000;

/**
 * Reads CSV in pieces, row by row, including blank rows. Counts lines itself, since csv-parse
 * counts a CRLF within quotes as two.
 *
 * @throws UnreadableFile for a quote that is misplaced or never closed
 */
export async function* readCsvRows(
  text: AsyncIterable<string>,
  { delimiter, firstLine }: { delimiter: string; firstLine: number },
): AsyncGenerator<CsvRow> {
  const feed = new RowFeed(delimiter, firstLine);
  for await (const piece of text) {
    const error = await feed.write(piece);
    yield* feed.takeRows();
    if (error) throw explain(error, feed.line);
  }
  const error = await feed.end();
  yield* feed.takeRows();
  if (error) throw explain(error, feed.line);
}

/**
 * A csv-parse parser whose rows are collected as they are recognised. Read as a stream, it would
 * drop the rows before a mistake.
 */
class RowFeed {
  /** Where the next row begins. */
  line: number;
  #rows: CsvRow[] = [];
  readonly #parser: Parser;

  constructor(delimiter: string, firstLine: number) {
    this.line = firstLine;
    this.#parser = parse({
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      max_record_size: MAX_CHARACTERS_PER_ROW,
      on_record: (cells: string[]) => this.#add(cells),
    });
    this.#parser.on("error", () => {}); // write and end return it
    this.#parser.resume();
  }

  async write(text: string): Promise<CsvError | null> {
    return await new Promise((resolve) => {
      this.#parser.write(text, (error) => resolve(toCsvError(error)));
    });
  }

  async end(): Promise<CsvError | null> {
    try {
      const ended = once(this.#parser, "end");
      this.#parser.end();
      await ended;
      return null;
    } catch (error) {
      return toCsvError(error);
    }
  }

  takeRows(): CsvRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  /** Null keeps the row out of the stream. */
  #add(cells: string[]): null {
    this.#rows.push({ line: this.line, cells });
    this.line += 1 + cells.reduce((sum, cell) => sum + countLineBreaks(cell), 0);
    return null;
  }
}

function toCsvError(error: unknown): CsvError | null {
  if (error === null || error === undefined) return null;
  if (error instanceof Error && "code" in error) return error as CsvError;
  throw error;
}

function explain(error: CsvError, line: number): UnreadableFile {
  switch (error.code) {
    case "CSV_QUOTE_NOT_CLOSED":
    case "CSV_MAX_RECORD_SIZE":
      return new UnreadableFile(
        line,
        "a quotation mark opens a cell in this row and never closes it, so that the rest of the file was not read. Close it, or remove it.",
      );
    case "CSV_INVALID_CLOSING_QUOTE":
    case "INVALID_OPENING_QUOTE":
      return new UnreadableFile(
        line,
        'a quotation mark stands inside a cell of this row. Put quotes around the cell and double the mark in it ("5"" screen"). The rest of the file was not read.',
      );
    default:
      throw error;
  }
}
