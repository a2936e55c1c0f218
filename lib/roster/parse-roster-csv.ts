import { findDialect } from "./csv-dialect.ts";
import { readHeader, withoutBlankEnd } from "./csv-header.ts";
import { decodeUtf8, UnreadableFile } from "./decode-utf8.ts";
import { type CsvRow, readCsvRows } from "./read-csv-rows.ts";
import type { SourceEntry } from "./read-roster.ts";

/** Columns of digits, from which a spreadsheet's apostrophe for "this is text" is removed. */
const DIGIT_COLUMNS = new Set(["phoneNumberId", "displayPhoneNumber", "portfolioId", "wabaId"]);

/**
 * Reads a roster file: CSV in UTF-8 with a header, separated by comma, semicolon or tab. Each
 * row becomes an entry at "line N", as an editor counts lines. What cannot be read becomes a
 * problem instead of an error, so that an import reports all problems at once.
 *
 * Cells are trimmed. An apostrophe before a phone number or id (`'+55…`) is dropped, since
 * spreadsheets write it to keep such a cell as text. Blank rows are skipped.
 */
export async function* parseRosterCsv(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<SourceEntry> {
  try {
    const { text, ...dialect } = await findDialect(decodeUtf8(bytes));
    yield* toEntries(readCsvRows(text, dialect));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const shown = error.shown === null ? {} : { shown: error.shown };
    yield { at: `line ${error.line}`, problem: error.message, ...shown };
  }
}

async function* toEntries(rows: AsyncIterable<CsvRow>): AsyncGenerator<SourceEntry> {
  let columns: string[] | null = null;
  let rowCount = 0;
  for await (const { line, cells } of rows) {
    const at = `line ${line}`;
    if (cells.every((cell) => cell.trim() === "")) continue;
    if (columns) {
      rowCount += 1;
      yield toEntry(at, columns, cells);
      continue;
    }
    const header = readHeader(cells);
    yield* header.problems.map((problem) => ({ at, ...problem }));
    if (header.problems.length > 0) return;
    columns = header.columns;
  }
  if (!columns) yield { at: "line 1", problem: "the file is empty; it needs a header and rows." };
  else if (rowCount === 0) {
    yield { at: "line 1", problem: "the file has a header, but no row with a number." };
  }
}

function toEntry(at: string, columns: readonly string[], cells: readonly string[]): SourceEntry {
  const isTooLong = withoutBlankEnd(cells).length > columns.length;
  if (isTooLong || cells.length < columns.length) {
    const problem = `this row has ${cells.length} cells, the header ${columns.length}. A text with the separator in it needs quotes around it.`;
    return { at, problem, shown: cells.join(" | ") };
  }
  const value = columns.map((name, index) => [name, toValue(name, cells[index] ?? "")]);
  return { at, value: Object.fromEntries(value) };
}

function toValue(column: string, cell: string): string {
  const text = cell.trim();
  return DIGIT_COLUMNS.has(column) ? text.replace(/^'/, "") : text;
}
