/** A part of the trail: its query for the index of terms, and its first and last entry. */
export type Stretch = { query: string; first: bigint; last: bigint };

/** 65,536 entries per stretch, like the database's function `audit_terms`. */
const STRETCH_BITS = 16n;

/**
 * The stretches of a range of entries, newest first. The nth one joins as many of the index's stretches as
 * the nth of `sizes` says; the last size is repeated.
 */
export function toStretches(
  { first, last }: { first: bigint; last: bigint },
  sizes: readonly [bigint, ...bigint[]],
): Stretch[] {
  const stretches: Stretch[] = [];
  const lowest = first >> STRETCH_BITS;
  for (let top = last >> STRETCH_BITS; top >= lowest; ) {
    const size = sizes[stretches.length] ?? sizes.at(-1) ?? 1n;
    const bottom = top - size < lowest ? lowest : top - size + 1n;
    stretches.push({
      query: toQuery(bottom, top),
      first: bottom << STRETCH_BITS,
      last: ((top + 1n) << STRETCH_BITS) - 1n,
    });
    top = bottom - 1n;
  }
  return stretches;
}

function toQuery(bottom: bigint, top: bigint): string {
  const numbers = Array.from(
    { length: Number(top - bottom) + 1 },
    (_, index) => top - BigInt(index),
  );
  return numbers.map((number) => `'#${number}'`).join(" | ");
}
