import { useTranslations } from "next-intl";

const ENTRIES = [1, 2, 3];

/** The history's shape while it loads. */
export function HistorySkeleton() {
  const t = useTranslations("history");
  return (
    <section className="min-w-0">
      <h2 className="pb-1 font-semibold">{t("title")}</h2>
      <p role="status" className="sr-only">
        {t("loading")}
      </p>
      {ENTRIES.map((entry) => (
        <div key={entry} aria-hidden className="flex h-28 flex-col gap-3 border-t py-3">
          <div className="h-3 w-1/3 rounded-control bg-surface-strong motion-safe:animate-pulse" />
          <div className="h-3 w-1/2 rounded-control bg-surface-strong motion-safe:animate-pulse" />
          <div className="h-3 w-1/4 rounded-control bg-surface-strong motion-safe:animate-pulse" />
        </div>
      ))}
    </section>
  );
}
