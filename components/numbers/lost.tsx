import { useTranslations } from "next-intl";
import type { Loss } from "#lib/numbers/read-losses.ts";
import { Sparkline } from "./sparkline.tsx";

/** What a number lost in 24 hours and in 7 days, and on which of them. */
export function Lost({ loss }: { loss: Loss | null }) {
  const t = useTranslations("numbers");
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
        {t("lost", { day: loss.day, week: loss.week })}
      </span>
    </span>
  );
}
