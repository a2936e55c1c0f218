import { useFormatter, useTranslations } from "next-intl";
import type { Loss } from "#lib/numbers/read-losses.ts";
import { Sparkline } from "./sparkline.tsx";

/** What a number lost in 7 days and in 24 hours, with a bar for each day on the list's common scale. */
export function Lost({ loss, mostLost }: { loss: Loss | null; mostLost: number }) {
  const t = useTranslations("numbers");
  const format = useFormatter();
  if (!loss) {
    return (
      <span className="text-muted max-rail:hidden">
        <span aria-hidden>–</span>
        <span className="sr-only">{t("lostNothing")}</span>
      </span>
    );
  }
  return (
    <span className="flex items-center gap-3 rail:justify-end">
      <span className="max-xl:hidden">
        <Sparkline
          values={loss.days}
          most={mostLost}
          name={t("lostDays", { days: loss.days.join(", ") })}
        />
      </span>
      <span className="tabular-nums max-rail:flex max-rail:items-baseline max-rail:gap-1.5 rail:w-16">
        <b className="font-semibold">
          {format.number(loss.week)}
          <span className="rail:sr-only"> {t("lostWord")}</span>
        </b>
        <small>{t("lostDay", { count: loss.day })}</small>
      </span>
    </span>
  );
}
