/** How to read a large table in pages, so that the event loop is free in between. */
export type Reading<Row> = {
  most: number;
  /** Up to `most` rows with a key above `after`, in the order of their keys. */
  read: (after: string) => Promise<Row[]>;
  /** The row's key, never "". */
  keyOf: (row: Row) => string;
};

/** Reads a large table in pages, each from the last key of the one before. */
export async function* readPages<Row>({
  most,
  read,
  keyOf,
}: Reading<Row>): AsyncGenerator<Row[], void> {
  let after = "";
  for (;;) {
    const rows = await read(after);
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < most) return;
    after = keyOf(last);
  }
}
