import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ChevronLeft, ChevronRight } from "../ui/icons.tsx";
import { PlainLink } from "../ui/plain-link.tsx";

type Href = `/numbers?${string}`;

const STYLE = "grid size-8 place-items-center rounded-control max-rail:size-11";

/** Which of the matches the page shows, and links to its neighbours. */
export function NumbersPager({
  place: { from, count, total, isCapped },
  previousHref,
  nextHref,
}: {
  /** The place of the first row, how many rows there are, and of how many. */
  place: { from: number; count: number; total: number; isCapped: boolean };
  previousHref: Href | null;
  nextHref: Href | null;
}) {
  const t = useTranslations("numbers");
  const format = useFormatter();
  if (count === 0) return null;
  const of = isCapped ? t("moreThan", { count: total }) : format.number(total);
  return (
    <nav aria-label={t("pages")} className="flex items-center gap-1 text-muted tabular-nums">
      <span className="pr-1 max-rail:sr-only">
        {t("position", { from, to: from + count - 1, total: of })}
      </span>
      <PageLink href={previousHref} name={t("previous")}>
        <ChevronLeft aria-hidden className="size-4" />
      </PageLink>
      <PageLink href={nextHref} name={t("next")}>
        <ChevronRight aria-hidden className="size-4" />
      </PageLink>
    </nav>
  );
}

function PageLink({
  href,
  name,
  children,
}: {
  href: Href | null;
  name: string;
  children: ReactNode;
}) {
  if (href) {
    return (
      <PlainLink
        href={href}
        aria-label={name}
        title={name}
        className={`${STYLE} text-text hover:bg-hover`}
      >
        {children}
      </PlainLink>
    );
  }
  return (
    <span aria-hidden className={`${STYLE} opacity-40`}>
      {children}
    </span>
  );
}
