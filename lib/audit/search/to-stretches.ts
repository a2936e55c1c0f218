/** A part of the trail: as the index of terms knows it, and its first and last entry. */
export type Stretch = { query: string; first: bigint; last: bigint };

/** 65,536 entries a stretch: how the database's `audit_terms` numbers them. */
const STRETCH_BITS = 16n;

/**
 * The stretches that entries are in, newest first. Each is of as many numbered ones as `sizes`
 * says in its place; the last size is that of all further ones, too.
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
    (_, place) => top - BigInt(place),
  );
  return numbers.map((number) => `'#${number}'`).join(" | ");
}
