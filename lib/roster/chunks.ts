/** Large enough to be fast, small enough to block the event loop for a few milliseconds only. */
const ROWS_PER_STATEMENT = 1_000;

/** Splits rows into chunks for one statement each. */
export function* toChunks<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    yield rows.slice(start, start + ROWS_PER_STATEMENT);
  }
}
