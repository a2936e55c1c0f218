import type { useFormatter, useTranslations } from "next-intl";
import type { TrafficDay } from "#lib/numbers/read-traffic.ts";
import type { ChartDay, ChartFlip } from "./traffic-chart.tsx";

/** A change of the flag; `localAt` such as `2026-11-22T09:12`, by the clock of the days. */
export type Flip = { id: string; localAt: string; acceptsBsuid: boolean; who: string };

type Words = {
  t: ReturnType<typeof useTranslations<"traffic">>;
  format: Pick<ReturnType<typeof useFormatter>, "dateTime">;
};

const LEAST_SCALE = 10;
const DATES = 6;
const DAY_MS = 86_400_000;

/** The count that fills half of the chart; never so low that one message looks like many. */
export function toScale(days: readonly TrafficDay[]): number {
  return days.reduce((most, day) => Math.max(most, day.lost, day.accepted), LEAST_SCALE);
}

/** The days with their words; every so many have their date on the axis, the last one "today". */
export function toChartDays(days: readonly TrafficDay[], { t, format }: Words): ChartDay[] {
  const every = Math.ceil(days.length / DATES);
  return days.map(({ date, lost, accepted }, place) => {
    const left = days.length - 1 - place;
    const toText = (weekday?: "short") =>
      format.dateTime(new Date(date), {
        ...(weekday ? { weekday } : {}),
        day: "numeric",
        month: "short",
        timeZone: "UTC",
      });
    return {
      key: date,
      lost,
      accepted,
      label: left === 0 ? t("today") : left % every === 0 ? toText() : "",
      isMinor: left % (2 * every) !== 0,
      title: t("dayOf", { day: toText("short"), lost, accepted }),
    };
  });
}

/** The flips within the days, oldest first, each at its share of the width. */
export function toChartFlips(
  flips: readonly Flip[],
  { days, t, format }: Words & { days: readonly TrafficDay[] },
): ChartFlip[] {
  const begin = Date.parse(days[0]?.date ?? "");
  return flips
    .map((flip) => {
      // Local times are calculated with as if they were UTC, as the days are.
      const at = new Date(`${flip.localAt}Z`);
      return {
        key: flip.id,
        x: ((at.getTime() - begin) / (days.length * DAY_MS)) * 100,
        isOn: flip.acceptsBsuid,
        words: t(flip.acceptsBsuid ? "turnedOn" : "madePhoneOnly", { who: flip.who }),
        when: format.dateTime(at, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }),
      };
    })
    .filter(({ x }) => x >= 0 && x <= 100)
    .sort((one, other) => one.x - other.x);
}
