import { useTranslations } from "next-intl";

const ROWS = Array.from({ length: 12 }, (_, row) => row);

/** Placeholder for the list while it loads, of the same heights, so that nothing moves afterwards. */
export function NumbersSkeleton() {
  const t = useTranslations("numbers");
  return (
    <div>
      <p role="status" className="flex min-h-8 items-baseline pb-2 text-muted">
        {t("loading")}
      </p>
      <div aria-hidden className="border-y">
        <div className="hidden h-8 md:block" />
        {ROWS.map((row) => (
          <div key={row} className="flex h-10 items-center gap-6 border-t">
            <div className="h-3 w-1/4 motion-safe:animate-pulse rounded-control bg-selected" />
            <div className="h-3 w-1/5 motion-safe:animate-pulse rounded-control bg-selected" />
            <div className="h-3 w-24 motion-safe:animate-pulse rounded-control bg-selected" />
          </div>
        ))}
      </div>
    </div>
  );
}
