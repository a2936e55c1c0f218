/** Rows a statement: large enough to be fast, small enough to hold the event loop for a few milliseconds. */
const ROWS_A_STATEMENT = 1_000;

/** Cuts rows into what one statement takes. */
export function* toChunks<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    yield rows.slice(start, start + ROWS_A_STATEMENT);
  }
}
