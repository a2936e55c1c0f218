const WIDTH = 42;
const HEIGHT = 14;
const GAP = 1;

/** Small bars, one for each value, the last at the right. A value above zero is always visible. */
export function Sparkline({ values, name }: { values: readonly number[]; name: string }) {
  const most = Math.max(1, ...values);
  const step = WIDTH / values.length;
  const bars = values.map((value, place) => {
    const height = value === 0 ? 1 : 2 + (value / most) * (HEIGHT - 2);
    return `M${place * step} ${HEIGHT}h${step - GAP}v${-height}h${GAP - step}z`;
  });
  return (
    <svg
      role="img"
      aria-label={name}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="shrink-0 fill-current text-muted"
    >
      <path d={bars.join("")} />
    </svg>
  );
}
