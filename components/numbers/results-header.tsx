import Link from "next/link";
import { useTranslations } from "next-intl";
import type { HiddenMatches, MatchSummary } from "#lib/numbers/summarise-matches.ts";

/** The number of matches, announced when it changes, and how many more the filters exclude. */
export function ResultsHeader({
  summary: { total, isCapped },
  hidden,
  everywhereHref,
}: {
  summary: MatchSummary;
  hidden: HiddenMatches;
  everywhereHref: `/numbers?${string}`;
}) {
  const t = useTranslations("numbers");
  return (
    <div className="flex min-h-8 flex-wrap items-baseline gap-x-3 pb-2">
      <h1 className="text-base font-semibold tabular-nums" aria-live="polite">
        {isCapped ? t("countCapped", { count: total }) : t("count", { count: total })}
      </h1>
      {hidden.count > 0 && (
        <p className="text-muted">
          {t(hidden.isCapped ? "hiddenCapped" : "hidden", { count: hidden.count })}{" "}
          <Link href={everywhereHref} prefetch={false} className="text-accent underline">
            {t("showHidden", { count: hidden.count })}
          </Link>
        </p>
      )}
    </div>
  );
}
