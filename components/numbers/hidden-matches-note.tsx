import { useTranslations } from "next-intl";
import type { HiddenMatches } from "#lib/numbers/summarise-matches.ts";
import { PlainLink } from "../ui/plain-link.tsx";

/** How many more match the search, that the filters exclude. */
export function HiddenMatchesNote({
  hidden,
  everywhereHref,
}: {
  hidden: HiddenMatches;
  everywhereHref: `/numbers?${string}`;
}) {
  const t = useTranslations("numbers");
  if (hidden.count === 0) return null;
  return (
    <p className="pb-3 text-muted">
      {t(hidden.isCapped ? "hiddenCapped" : "hidden", { count: hidden.count })}{" "}
      <PlainLink
        href={everywhereHref}
        className="underline decoration-line-field underline-offset-3"
      >
        {t("showHidden", { count: hidden.count })}
      </PlainLink>
    </p>
  );
}
