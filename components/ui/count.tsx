import { useFormatter } from "next-intl";

/** How many a list has, beside its title: a figure to see, and words that are announced when it changes. */
export function Count({ value, words }: { value: number; words: string }) {
  const format = useFormatter();
  return (
    <p aria-live="polite" className="text-muted tabular-nums">
      <span aria-hidden>{format.number(value)}</span>
      <span className="sr-only">{words}</span>
    </p>
  );
}
