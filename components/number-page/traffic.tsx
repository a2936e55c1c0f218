import { useFormatter, useTranslations } from "next-intl";
import type { TrafficDay } from "#lib/numbers/read-traffic.ts";
import { type Flip, toChartDays, toChartFlips, toScale } from "./to-chart.ts";
import { TrafficChart } from "./traffic-chart.tsx";

/** What the number accepted and lost by day, as a chart and as a table. */
export function Traffic({ days, flips }: { days: readonly TrafficDay[]; flips: readonly Flip[] }) {
  const t = useTranslations("traffic");
  const format = useFormatter();
  const count = days.length;
  const most = toScale(days);
  const lost = days.reduce((sum, day) => sum + day.lost, 0);
  const accepted = days.reduce((sum, day) => sum + day.accepted, 0);
  const others = days.reduce((sum, day) => sum + day.withPhone + day.unidentified, 0);
  const isSilent = lost + accepted + others === 0;
  return (
    <section aria-labelledby="traffic">
      <h2 id="traffic" className="font-semibold">
        {t("title")}
      </h2>
      <p className="pb-2">
        {isSilent ? t("none", { count }) : t("summary", { lost, accepted, count })}
      </p>
      {lost + accepted + flips.length > 0 && (
        <figure>
          <Legend />
          <TrafficChart
            days={toChartDays(days, { t, format })}
            flips={toChartFlips(flips, { days, t, format })}
            most={most}
            scale={format.number(most)}
            name={t("chart", { lost, accepted, count })}
          />
        </figure>
      )}
      {!isSilent && (
        <details className="pt-2">
          <summary className="min-h-6">{t("asTable")}</summary>
          <TrafficTable days={days} />
        </details>
      )}
    </section>
  );
}

function Legend() {
  const t = useTranslations("traffic");
  return (
    <figcaption aria-hidden className="flex flex-wrap gap-x-4 pb-1 text-meta text-muted">
      <span className="flex items-center gap-1.5">
        <span className="size-2.5 bg-green-fill" />
        {t("accepted")}
      </span>
      <span className="flex items-center gap-1.5">
        <span className="size-2.5 border border-amber-fill bg-amber-tint" />
        {t("lost")}
      </span>
    </figcaption>
  );
}

function TrafficTable({ days }: { days: readonly TrafficDay[] }) {
  const t = useTranslations("traffic");
  const format = useFormatter();
  const columns = ["lost", "accepted", "withPhone", "unidentified"] as const;
  return (
    <table className="w-full text-right text-meta tabular-nums">
      <caption className="sr-only">{t("title")}</caption>
      <thead className="text-muted">
        <tr className="h-8">
          <th scope="col" className="text-left font-medium">
            {t("day")}
          </th>
          {columns.map((column) => (
            <th key={column} scope="col" className="pl-2 font-medium">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.toReversed().map((day) => (
          <tr key={day.date} className="h-7 border-t">
            <th scope="row" className="text-left font-normal whitespace-nowrap">
              {format.dateTime(new Date(day.date), { dateStyle: "medium", timeZone: "UTC" })}
            </th>
            {columns.map((column) => (
              <td key={column}>{format.number(day[column])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
