/** The counts of a row (one number in one hour), as the console's API names them. */
const COLUMNS = [
  "phoneLessDropped",
  "phoneLessAccepted",
  "phoneAndBsuid",
  "legacy",
  "unidentified",
] as const;

export type CountColumn = (typeof COLUMNS)[number];
export type CountRow = { phoneNumberId: string; hour: string } & Record<CountColumn, number>;

const HOUR_MS = 3_600_000;

/**
 * Counts by number and UTC hour in bounded memory: when the console has been away so long that there are too
 * many rows, the oldest hour is merged into the next, so that totals stay right and only times get coarser.
 */
export class CountTable {
  readonly #mostRows: number;
  /** Rows by number, by the start of the hour. Hours are few, numbers many. */
  readonly #hours = new Map<number, Map<string, CountRow>>();
  #rows = 0;

  constructor(mostRows: number) {
    this.#mostRows = mostRows;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Counts one message. False if there is no room: more numbers within one hour than this keeps. */
  add(phoneNumberId: string, column: CountColumn, at: Date): boolean {
    const start = Math.floor(at.getTime() / HOUR_MS) * HOUR_MS;
    const row = this.#row(start, phoneNumberId);
    if (row === null) return false;
    row[column] += 1;
    return true;
  }

  /** Adds a row that was taken out, at the hour of `at` or its own. False if there is no room. */
  putBack(row: CountRow, at: Date = new Date(row.hour)): boolean {
    const kept = this.#row(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS, row.phoneNumberId);
    if (kept === null) return false;
    addTo(kept, row);
    return true;
  }

  /** Removes and returns up to `most` rows, oldest first. */
  take(most: number): CountRow[] {
    const taken: CountRow[] = [];
    for (const [start, hour] of [...this.#hours].sort(([one], [other]) => one - other)) {
      for (const [phoneNumberId, row] of hour) {
        if (taken.length === most) return taken;
        taken.push(row);
        hour.delete(phoneNumberId);
        this.#rows -= 1;
      }
      this.#hours.delete(start);
    }
    return taken;
  }

  /** Copies of all rows. */
  list(): CountRow[] {
    return [...this.#hours.values()].flatMap((hour) =>
      [...hour.values()].map((row) => ({ ...row })),
    );
  }

  #row(start: number, phoneNumberId: string): CountRow | null {
    const counts = this.#hours.get(start)?.get(phoneNumberId);
    if (counts) return counts;
    if (this.#rows >= this.#mostRows) this.#mergeOldestHours();
    if (this.#rows >= this.#mostRows) return null;
    const row = emptyRow(start, phoneNumberId);
    const hour = this.#hours.get(start) ?? new Map<string, CountRow>();
    this.#hours.set(start, hour.set(phoneNumberId, row));
    this.#rows += 1;
    return row;
  }

  #mergeOldestHours(): void {
    const [oldest, next] = [...this.#hours.keys()].sort((one, other) => one - other);
    if (oldest === undefined || next === undefined) return;
    const from = this.#hours.get(oldest) ?? new Map<string, CountRow>();
    const into = this.#hours.get(next) ?? new Map<string, CountRow>();
    this.#hours.delete(oldest);
    for (const [phoneNumberId, row] of from) {
      const kept = into.get(phoneNumberId);
      if (kept) this.#rows -= 1;
      into.set(phoneNumberId, addTo(kept ?? emptyRow(next, phoneNumberId), row));
    }
  }
}

/** How many messages a row counts. */
export function total(row: CountRow): number {
  return COLUMNS.reduce((sum, column) => sum + row[column], 0);
}

function addTo(row: CountRow, more: CountRow): CountRow {
  for (const column of COLUMNS) row[column] += more[column];
  return row;
}

function emptyRow(start: number, phoneNumberId: string): CountRow {
  const hour = new Date(start).toISOString().replace(".000Z", "Z");
  const zeros = { phoneLessDropped: 0, phoneLessAccepted: 0, phoneAndBsuid: 0, legacy: 0 };
  return { phoneNumberId, hour, ...zeros, unidentified: 0 };
}
