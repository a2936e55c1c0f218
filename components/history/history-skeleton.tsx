import { useTranslations } from "next-intl";
import { EntriesSkeleton } from "./entries-skeleton.tsx";

/** Placeholder for the history while it loads. */
export function HistorySkeleton() {
  const t = useTranslations("history");
  return (
    <section className="min-w-0">
      <h2 className="pb-1 font-semibold">{t("title")}</h2>
      <EntriesSkeleton words={t("loading")} />
    </section>
  );
}
