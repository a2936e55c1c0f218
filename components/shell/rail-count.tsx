/** How many wait behind a link of the rail, with words for who cannot see the place. Nothing for none. */
export function RailCount({
  value,
  name,
  isLoss = false,
}: {
  value: number;
  name: string;
  isLoss?: boolean;
}) {
  if (value === 0) return null;
  return (
    <span
      className={`ml-auto text-meta tabular-nums rail:max-names:sr-only ${isLoss ? "font-semibold text-amber" : ""}`}
    >
      <span className="sr-only">{name}</span>
      <span aria-hidden>{value > 9999 ? "9,999+" : value}</span>
    </span>
  );
}
