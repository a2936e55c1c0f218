import { useTranslations } from "next-intl";
import type { Week } from "#lib/numbers/read-week.ts";
import type { FlagNumber } from "./flag-number.ts";
import { useFetched } from "./use-fetched.ts";

/** What the number has been losing, or would lose from now on. Its line is kept while it loads. */
export function FlagWeek({ number, acceptsBsuid }: { number: FlagNumber; acceptsBsuid: boolean }) {
  const t = useTranslations("flagDialog");
  const week = useFetched<Week>(`/numbers/${number.phoneNumberId}/week`);
  const isLoading = week === "loading";
  return (
    <p aria-busy={isLoading} className="min-h-10 font-medium sm:min-h-5">
      {summarise()}
    </p>
  );

  function summarise(): string {
    if (week === "loading") return t("weekLoading");
    if (week === "failed") return t("weekFailed");
    return acceptsBsuid
      ? t("weekLost", { count: week.lost })
      : t("weekAccepted", { count: week.accepted });
  }
}
