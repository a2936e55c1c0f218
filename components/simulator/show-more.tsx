import { useTranslations } from "next-intl";
import { Button } from "../ui/button.tsx";
import type { usePaging } from "./use-paging.ts";

/** The button that shows more of a long list. */
export function ShowMore({ paging }: { paging: ReturnType<typeof usePaging> }) {
  const t = useTranslations("simulator");
  const { shown, total, next, showMore } = paging;
  if (next === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-3 pt-3">
      <Button onClick={showMore}>{t("more", { count: next })}</Button>
      <p className="text-muted">{t("shown", { shown: shown.length, total })}</p>
    </div>
  );
}
