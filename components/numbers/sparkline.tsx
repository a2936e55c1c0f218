import { InlineSvg } from "../ui/inline-svg.tsx";

const WIDTH = 52;
const HEIGHT = 24;
const GAP = 2.4;

/** Small bars, one for each value, the last at the right. A value above zero is always visible. */
export function Sparkline({
  values,
  most,
  name,
}: {
  values: readonly number[];
  /** What fills the height; by default the highest of the values. */
  most?: number;
  name: string;
}) {
  const scale = most ?? Math.max(1, ...values);
  const step = WIDTH / values.length;
  const bars = values.map((value, place) => {
    const height = value === 0 ? 1 : 2 + Math.round((value / scale) * (HEIGHT - 2));
    return `M${(place * step).toFixed(1)} ${HEIGHT}h${(step - GAP).toFixed(1)}v${-height}h${(GAP - step).toFixed(1)}z`;
  });
  return (
    <InlineSvg
      role="img"
      aria-label={name}
      aria-hidden={false}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="shrink-0 fill-amber-fill"
      content={`<path d="${bars.join("")}"/>`}
    />
  );
}
