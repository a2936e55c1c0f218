"use client";

/**
 * One day of the chart: its counts, its date for the axis ("" where there is no room), and what is said on
 * it.
 */
export type ChartDay = {
  key: string;
  lost: number;
  accepted: number;
  label: string;
  isMinor: boolean;
  title: string;
};

/** A flip: how far across the chart it lies, of 100, and who did what when. */
export type ChartFlip = { key: string; x: number; isOn: boolean; words: string; when: string };

/** Heights in pixels, from the top: the names of flips, what was accepted, what was lost, the dates. */
const MARKS = 44;
const HALF = 72;
const DATES = 32;
const ZERO = MARKS + HALF;
const FOOT = ZERO + HALF;
const HEIGHT = FOOT + DATES;
/** The share of a day's width that stays free on each side of its bar. */
const GAP = 0.2;
/** The share of the width, of 100, that the words of a flip take. */
const ROOM = 24;
const DOT_AT = 12;

/**
 * Bars by day, accepted above the line and lost hatched below it, on one scale, with the flips between
 * them. Widths are shares of the whole and heights are pixels, so that no text is scaled. Drawn as a part
 * of the browser's: what comes late inside an SVG of the server's, React hides by a `style` attribute.
 */
export function TrafficChart({
  days,
  flips,
  most,
  scale,
  name,
}: {
  days: readonly ChartDay[];
  flips: readonly ChartFlip[];
  /** The count that fills half of the height, and how it is written. */
  most: number;
  scale: string;
  name: string;
}) {
  const step = 100 / days.length;
  const toHeight = (count: number) => Math.ceil((count / most) * HALF);
  const toBar = (place: number) => ({
    x: `${(place + GAP) * step}%`,
    width: `${(1 - 2 * GAP) * step}%`,
  });
  return (
    <svg role="img" aria-label={name} width="100%" height={HEIGHT} className="overflow-visible">
      <defs>
        <pattern
          id="hatching"
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="4" height="4" className="fill-amber-tint" />
          <rect width="2" height="4" className="fill-amber-fill" />
        </pattern>
      </defs>
      {[MARKS, FOOT].map((y) => (
        <g key={y}>
          <line x1="0" x2="100%" y1={y} y2={y} className="stroke-line" />
          <text x="0" y={y - 4} className="fill-muted text-meta tabular-nums">
            {scale}
          </text>
        </g>
      ))}
      {days.map((day, place) => (
        <g key={day.key}>
          <rect
            x={`${place * step}%`}
            width={`${step}%`}
            y={MARKS}
            height={2 * HALF}
            className="fill-transparent hover:fill-hover"
          >
            <title>{day.title}</title>
          </rect>
          <rect
            {...toBar(place)}
            y={ZERO - toHeight(day.accepted)}
            height={toHeight(day.accepted)}
            className="pointer-events-none fill-green-fill"
          />
          {day.lost > 0 && (
            <rect
              {...toBar(place)}
              y={ZERO}
              height={toHeight(day.lost)}
              fill="url(#hatching)"
              className="pointer-events-none stroke-amber-fill"
            />
          )}
          {day.label !== "" && (
            <text
              x={`${(place + 0.5) * step}%`}
              y={HEIGHT - 6}
              textAnchor={place === days.length - 1 ? "end" : "middle"}
              className={`fill-muted text-meta ${day.isMinor ? "max-rail:hidden" : ""}`}
            >
              {day.label}
            </text>
          )}
        </g>
      ))}
      <line x1="0" x2="100%" y1={ZERO} y2={ZERO} className="stroke-line-field" />
      {flips.map((flip, place) => (
        <Mark
          key={flip.key}
          flip={flip}
          hasRoom={(flips[place + 1]?.x ?? 100 + ROOM) - flip.x >= ROOM}
        />
      ))}
    </svg>
  );
}

function Mark({ flip: { x, isOn, words, when }, hasRoom }: { flip: ChartFlip; hasRoom: boolean }) {
  const isLate = x > 100 - ROOM;
  return (
    <g>
      <line x1={`${x}%`} x2={`${x}%`} y1={DOT_AT} y2={FOOT + 4} className="stroke-text" />
      <circle
        cx={`${x}%`}
        cy={DOT_AT}
        r={4.5}
        className={
          isOn ? "fill-green-fill stroke-green-fill" : "fill-surface stroke-text stroke-[1.5]"
        }
      >
        <title>{`${words}, ${when}`}</title>
      </circle>
      {hasRoom && (
        <g
          transform={isLate ? "translate(-10 0)" : "translate(10 0)"}
          textAnchor={isLate ? "end" : "start"}
          className="max-rail:hidden"
        >
          <text x={`${x}%`} y={DOT_AT + 4} className="fill-text text-meta font-medium">
            {words}
          </text>
          <text x={`${x}%`} y={MARKS - 14} className="fill-muted text-meta">
            {when}
          </text>
        </g>
      )}
    </g>
  );
}
