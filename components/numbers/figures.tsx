import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Figures as FiguresOfAll } from "#lib/overview/read-figures.ts";
import { InlineSvg } from "../ui/inline-svg.tsx";
import { PlainLink } from "../ui/plain-link.tsx";
import { Sparkline } from "./sparkline.tsx";

type Href = `/numbers?${string}`;

const PERCENT = 100;
/** A larger growth says less than the two figures. */
const MOST_PERCENT = 300;

/** The three figures of all numbers, each of which filters the list to what it counts. */
export function Figures({
  figures: { inService, accepting, losing, lostByDay, lostBefore, mixedAccounts },
  hrefs,
}: {
  figures: FiguresOfAll;
  hrefs: Record<"accepting" | "losing" | "mixed", Href>;
}) {
  const t = useTranslations("figures");
  const format = useFormatter();
  const lost = lostByDay.reduce((sum, day) => sum + day, 0);
  const share = inService === 0 ? 0 : Math.round((accepting / inService) * PERCENT);
  const trend = lostBefore === 0 ? null : Math.round(((lost - lostBefore) / lostBefore) * PERCENT);
  return (
    <section
      aria-label={t("name")}
      className="bleed grid min-h-14 grid-cols-3 border-b rail:grid-cols-[1fr_1.25fr_1.1fr]"
    >
      <Figure
        href={hrefs.accepting}
        value={format.number(accepting)}
        short={t("acceptingShort")}
        title={t("accepting", { count: inService })}
      >
        <InlineSvg
          viewBox="0 0 100 4"
          preserveAspectRatio="none"
          className="mt-1 h-1 w-full rounded-full bg-line fill-green-fill"
          content={`<rect width="${share}" height="4"/>`}
        />
      </Figure>
      <Figure
        href={hrefs.losing}
        value={format.number(lost)}
        tone={lost > 0 ? "text-amber" : ""}
        short={t("lostShort")}
        title={t("lost", { count: lost })}
        aside={<Sparkline values={lostByDay} name={t("byDay", { days: lostByDay.join(", ") })} />}
      >
        <Detail>
          {t("losing", { count: losing })}
          {trend !== null && trend !== 0 && (
            <>
              {", "}
              <span className={trend > 0 ? "text-amber" : ""}>
                {trend > MOST_PERCENT
                  ? t("upFrom", { count: lostBefore })
                  : t(trend > 0 ? "more" : "less", { percent: Math.abs(trend) })}
              </span>
            </>
          )}
        </Detail>
      </Figure>
      <Figure
        href={hrefs.mixed}
        value={format.number(mixedAccounts)}
        tone={mixedAccounts > 0 ? "text-amber" : ""}
        short={t("mixedShort")}
        title={t("mixed", { count: mixedAccounts })}
      >
        <Detail>{t("mixedHint")}</Detail>
      </Figure>
    </section>
  );
}

function Figure({
  href,
  value,
  tone = "",
  short,
  title,
  aside,
  children,
}: {
  href: Href;
  value: string;
  tone?: string;
  /** In place of the words where there is no room for them. */
  short: string;
  title: string;
  /** At the right of the words, where there is room. */
  aside?: ReactNode;
  /** Below the title. */
  children: ReactNode;
}) {
  return (
    <PlainLink
      href={href}
      className="flex min-w-0 items-center gap-3 px-4 py-2 not-first:border-l hover:bg-hover focus-visible:-outline-offset-2 rail:px-page"
    >
      <span className="min-w-0">
        <span className={`block text-title font-semibold tracking-tight tabular-nums ${tone}`}>
          {value}
        </span>
        <span className="block text-meta text-muted rail:hidden">{short}</span>
      </span>
      <span className="contents max-rail:hidden">
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{title}</span>
          {children}
        </span>
        {aside && <span className="max-names:hidden">{aside}</span>}
      </span>
    </PlainLink>
  );
}

function Detail({ children }: { children: ReactNode }) {
  return <span className="block truncate text-meta text-muted">{children}</span>;
}
