import { useFormatter, useTranslations } from "next-intl";
import type { ArchivedPart } from "#lib/audit/archive/find-archived-part.ts";

/** Says below the last entry of a list that older entries are archived. */
export function ArchivedNote({ archived: { throughSeq, until } }: { archived: ArchivedPart }) {
  const t = useTranslations("history");
  const format = useFormatter();
  const date = format.dateTime(new Date(until), { dateStyle: "long" });
  return <p className="py-2 text-muted">{t("archived", { date, seq: String(throughSeq) })}</p>;
}
