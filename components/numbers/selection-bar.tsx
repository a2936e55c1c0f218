import { useTranslations } from "next-intl";
import { Button } from "../ui/button.tsx";

/** The id of the form that the rows' checkboxes belong to. */
export const SELECTION_FORM = "selection";

/**
 * Leads from the rows that are ticked, or from all that match, to the review of a change. A form of the page:
 * it works without scripts.
 *
 * @param props.filter the filter that the list shows, so that "all" is what is seen
 */
export function SelectionBar({
  viewerId,
  filter,
  total,
}: {
  viewerId: string;
  filter: { q: string; state: string; account: string };
  /** How many match; null for more than are counted. */
  total: number | null;
}) {
  const t = useTranslations("selection");
  return (
    <form
      id={SELECTION_FORM}
      method="post"
      action="/numbers/selection"
      aria-label={t("name")}
      className="flex flex-wrap items-center gap-2 py-3"
    >
      <input type="hidden" name="viewer" value={viewerId} />
      {Object.entries(filter).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <span className="text-muted">{t("ticked")}</span>
      <Button type="submit" name="act" value="on rows">
        {t("turnOn")}
      </Button>
      <Button type="submit" name="act" value="off rows">
        {t("makePhoneOnly")}
      </Button>
      <span className="text-muted">
        {total === null ? t("allUncounted") : t("all", { count: total })}
      </span>
      <Button type="submit" name="act" value="on all">
        {t("turnOnAll")}
      </Button>
      <Button type="submit" name="act" value="off all">
        {t("makeAllPhoneOnly")}
      </Button>
    </form>
  );
}
