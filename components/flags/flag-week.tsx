import { useTranslations } from "next-intl";
import type { FlagNumber } from "./flag-number.ts";
import { useFetched } from "./use-fetched.ts";

/**
 * What the number lost and accepted in the last week, shown whichever way it is switched. Reserves its
 * space while it loads.
 */
export function FlagWeek({ number, acceptsBsuid }: { number: FlagNumber; acceptsBsuid: boolean }) {
  const t = useTranslations("flagDialog");
  const week = useFetched(`/numbers/${number.phoneNumberId}/week`);
  const isLoading = week === "loading";
  return (
    <p aria-busy={isLoading} className="min-h-15 font-medium sm:min-h-10">
      {summarise()}
    </p>
  );

  function summarise(): string {
    if (week === "loading") return t("weekLoading");
    if (week === "failed") return t("weekFailed");
    if (!week.isReported) return t("weekUnknown");
    const { lost, accepted } = week;
    if (lost + accepted === 0) return t("weekNone");
    const sentence = t("week", { lost, accepted });
    return acceptsBsuid || accepted === 0 ? sentence : `${sentence} ${t("weekWillDrop")}`;
  }
}
