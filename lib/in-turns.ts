import { setImmediate } from "node:timers/promises";

/** 10 ms of work if a row takes 20 µs. */
const ROWS_PER_TURN = 500;

/**
 * Iterates over many rows, and yields to the event loop after every 500, so that requests are answered in
 * between.
 */
export async function* inTurns<Row>(rows: Iterable<Row>): AsyncGenerator<Row> {
  let count = 0;
  for (const row of rows) {
    if (count === ROWS_PER_TURN) {
      count = 0;
      await setImmediate();
    }
    count += 1;
    yield row;
  }
}
