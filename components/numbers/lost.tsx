import { useFormatter, useTranslations } from "next-intl";
import type { Loss } from "#lib/numbers/read-losses.ts";
import { Sparkline } from "./sparkline.tsx";

/** As wide as a digit, so that a growing figure moves nothing beside it. */
const FIGURE_SPACE = "\u2007";
const DAY_DIGITS = 3;
const WEEK_DIGITS = 4;

/** What a number lost in 24 hours and in 7 days, with a bar for each day. */
export function Lost({ loss }: { loss: Loss | null }) {
  const t = useTranslations("numbers");
  const format = useFormatter();
  const toFigure = (value: number, digits: number) =>
    format.number(value).padStart(digits, FIGURE_SPACE);
  if (!loss) {
    return (
      <span className="text-muted max-md:hidden">
        <span aria-hidden>–</span>
        <span className="sr-only">{t("lostNothing")}</span>
      </span>
    );
  }
  return (
    <span className="flex items-center gap-2 md:justify-end">
      <Sparkline values={loss.days} name={t("lostDays", { days: loss.days.join(", ") })} />
      <span className="whitespace-nowrap tabular-nums">
        <span className="md:hidden">{t("lostOnNarrow")} </span>
        {t("lost", { day: toFigure(loss.day, DAY_DIGITS), week: toFigure(loss.week, WEEK_DIGITS) })}
      </span>
    </span>
  );
}
