import { FlagClientError } from "../flag-client-error.ts";
import { type CountColumn, type CountRow, CountTable, total } from "./count-table.ts";

/** Meta's phone_number_id. A customer's phone with its plus, or a BSUID, does not match, and is never sent. */
const PHONE_NUMBER_ID = /^[0-9]{1,32}$/;
const MAX_ROWS = 20_000;
/** The console refuses older hours. */
const OLDEST_HOUR_MS = 35 * 24 * 3_600_000;

/** The counts of a client, and the number of those that were lost. */
export class CountBook {
  readonly #table = new CountTable(MAX_ROWS);
  #refused = 0;
  #lost = 0;

  get rows(): number {
    return this.#table.rows;
  }

  /** Counts one message. Never throws: what cannot be counted shows in `complaints`. */
  count(phoneNumberId: string, { column, at }: { column: CountColumn | null; at: Date }): void {
    const isNumber = typeof phoneNumberId === "string" && PHONE_NUMBER_ID.test(phoneNumberId);
    if (column === null || !isNumber) this.#refused += 1;
    else if (!this.#table.add(phoneNumberId, column, at)) this.#lost += 1;
  }

  take(most: number): CountRow[] {
    return this.#table.take(most);
  }

  list(): CountRow[] {
    return this.#table.list();
  }

  /**
   * Takes back the rows of a report that the console refused. The rows that it named are lost, except those
   * whose hour is in the future because a clock is wrong. `wrongRows` has the wrong field by index.
   */
  takeBack(rows: readonly CountRow[], wrongRows: ReadonlyMap<number, string> = new Map()): void {
    const now = new Date();
    for (const [index, row] of rows.entries()) {
      const wrong = wrongRows.get(index);
      const hour = new Date(row.hour);
      const isTooOld = now.getTime() - hour.getTime() > OLDEST_HOUR_MS;
      if (wrong !== undefined && (wrong !== "hour" || isTooOld)) this.lose([row]);
      else if (!this.#table.putBack(row, hour > now ? now : hour)) this.lose([row]);
    }
  }

  /** Gives up rows that the console will never accept. */
  lose(rows: readonly CountRow[]): void {
    for (const row of rows) this.#lost += total(row);
  }

  /** Errors about counts that were refused or lost since the last call. */
  complaints(): FlagClientError[] {
    const complaints: FlagClientError[] = [];
    if (this.#refused > 0) {
      const message = `${this.#refused} counts named no phone_number_id or no case.`;
      complaints.push(new FlagClientError("INVALID_COUNT", message));
    }
    if (this.#lost > 0)
      complaints.push(new FlagClientError("COUNTS_LOST", `${this.#lost} counts are lost.`));
    this.#refused = 0;
    this.#lost = 0;
    return complaints;
  }
}
