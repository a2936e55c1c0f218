import { setImmediate } from "node:timers/promises";

/** 10 ms of work, where a row takes 20 µs. */
const ROWS_A_TURN = 500;

/**
 * Goes through many rows, and hands the event loop on after every 500: whoever polls is answered in
 * between.
 */
export async function* inTurns<Row>(rows: Iterable<Row>): AsyncGenerator<Row> {
  let count = 0;
  for (const row of rows) {
    if (count === ROWS_A_TURN) {
      count = 0;
      await setImmediate();
    }
    count += 1;
    yield row;
  }
}
