import { useTranslations } from "next-intl";
import { Button } from "../ui/button.tsx";

/**
 * Downloads what is filtered. A form, not links: each export is recorded, so nothing but a press
 * may begin one.
 *
 * @param props.search the filters as the page's address has them
 * @param props.viewerId whom the page was made for: nobody else's name gets into the trail by it
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
      <span id="export-hint" className="text-xs text-muted">
        {t("hint")}
      </span>
    </form>
  );
}
