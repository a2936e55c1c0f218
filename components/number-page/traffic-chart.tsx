import { useTranslations } from "next-intl";
import type { TrafficDay } from "#lib/numbers/read-traffic.ts";

const WIDTH = 336;
const HEIGHT = 80;

/** Bars by day: accepted solid, lost hatched above it, so that the chart does not depend on colour. */
export function TrafficChart({ days, name }: { days: readonly TrafficDay[]; name: string }) {
  const t = useTranslations("traffic");
  const most = Math.max(1, ...days.map(({ lost, accepted }) => lost + accepted));
  const step = WIDTH / days.length;
  const height = (count: number) => (count / most) * HEIGHT;
  // No bar for a count of 0, since its outline would still show.
  const bar = (place: number, from: number, to: number) =>
    from === to
      ? ""
      : `M${place * step + 1} ${HEIGHT - from}h${step - 2}v${from - to}h${2 - step}z`;
  const accepted = days.map((day, place) => bar(place, 0, height(day.accepted)));
  const lost = days.map((day, place) =>
    bar(place, height(day.accepted), height(day.accepted + day.lost)),
  );
  return (
    <figure>
      <svg
        role="img"
        aria-label={name}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="w-full border-b"
      >
        <Hatching />
        <path d={accepted.join("")} className="fill-green-fill" />
        <path d={lost.join("")} fill="url(#hatching)" className="stroke-red-fill" />
      </svg>
      <figcaption aria-hidden className="flex flex-wrap gap-x-4 pt-1 text-meta text-muted">
        <span className="flex items-center gap-1.5">
          <svg width="12" height="12" className="shrink-0" aria-hidden="true">
            <rect width="12" height="12" fill="url(#hatching)" className="stroke-red-fill" />
          </svg>
          {t("lost")}
        </span>
        <span className="flex items-center gap-1.5">
          <span className="size-3 bg-green-fill" />
          {t("accepted")}
        </span>
        <span className="ml-auto tabular-nums">{t("most", { most })}</span>
      </figcaption>
    </figure>
  );
}

function Hatching() {
  return (
    <defs>
      <pattern
        id="hatching"
        width="4"
        height="4"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="4" height="4" className="fill-red-fill-surface" />
        <rect width="2" height="4" className="fill-red-fill" />
      </pattern>
    </defs>
  );
}
