/** One line of a benchmark's result. */
export type Row = {
  /** What was measured, with its unit. */
  what: string;
  value: number;
  /** What it is compared with, measured in the same run. */
  reference?: { what: string; value: number };
  /** The bound for the ratio to the reference, or for the value when there is no reference or with `byValue`. */
  target?: ({ atLeast: number } | { atMost: number }) & { byValue?: true };
};

const number = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

/** Whether the target is reached; null where there is none. */
export function isReached({ value, reference, target }: Row): boolean | null {
  if (!target) return null;
  const score = reference && !target.byValue ? value / reference.value : value;
  return "atLeast" in target ? score >= target.atLeast : score <= target.atMost;
}

/** A result as one line of text. */
export function toLine(row: Row): string {
  const { what, value, reference, target } = row;
  const ratio = reference
    ? `  ratio ${number.format(value / reference.value)} of ${number.format(reference.value)} (${reference.what})`
    : "";
  const wanted = target ? `  target ${toBound(target)}` : "";
  const reached = isReached(row);
  const mark = reached === null ? "" : reached ? "  reached" : "  MISSED";
  return `  ${what}: ${number.format(value)}${ratio}${wanted}${mark}`;
}

function toBound(target: NonNullable<Row["target"]>): string {
  return "atLeast" in target
    ? `≥ ${number.format(target.atLeast)}`
    : `≤ ${number.format(target.atMost)}`;
}
