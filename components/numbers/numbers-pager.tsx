import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonStyle } from "../ui/button-style.ts";

type Href = `/numbers?${string}`;

/** Links to the neighbouring pages of the list; absent when there is only one page. */
export function NumbersPager({
  previousHref,
  nextHref,
}: {
  previousHref: Href | null;
  nextHref: Href | null;
}) {
  const t = useTranslations("numbers");
  if (!previousHref && !nextHref) return null;
  return (
    <nav aria-label={t("pages")} className="flex justify-end gap-2 py-3">
      <PageLink href={previousHref}>{t("previous")}</PageLink>
      <PageLink href={nextHref}>{t("next")}</PageLink>
    </nav>
  );
}

function PageLink({ href, children }: { href: Href | null; children: ReactNode }) {
  if (href) {
    return (
      <Link href={href} prefetch={false} className={buttonStyle()}>
        {children}
      </Link>
    );
  }
  return (
    <span className={`${buttonStyle({ variant: "quiet" })} text-muted`} aria-disabled>
      {children}
    </span>
  );
}
