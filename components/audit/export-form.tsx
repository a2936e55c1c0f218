import { useTranslations } from "next-intl";
import { Button } from "../ui/button.tsx";

/**
 * Downloads the filtered entries. A form instead of links: each export is recorded, so only a click may
 * start one.
 *
 * @param props.search the filters, as in the page's address
 * @param props.viewerId the person that the page was rendered for: it exports in nobody else's name
 */
export function ExportForm({ search, viewerId }: { search: string; viewerId: string }) {
  const t = useTranslations("audit.export");
  return (
    <form
      method="post"
      action={`/audit/export${search}`}
      className="flex flex-wrap items-center gap-2"
    >
      <input type="hidden" name="viewer" value={viewerId} />
      <span className="text-muted">{t("what")}</span>
      <Button type="submit" name="format" value="jsonl" aria-describedby="export-hint">
        {t("jsonl")}
      </Button>
      <Button type="submit" name="format" value="csv" aria-describedby="export-hint">
        {t("csv")}
      </Button>
      <span id="export-hint" className="text-meta text-muted">
        {t("hint")}
      </span>
    </form>
  );
}
