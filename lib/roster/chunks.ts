/** Rows a statement: large enough to be fast, small enough to stay far below any limit. */
const ROWS_A_STATEMENT = 5_000;

/** Cuts rows into what one statement takes. */
export function* toChunks<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    yield rows.slice(start, start + ROWS_A_STATEMENT);
  }
}
