import { useTranslations } from "next-intl";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { Moment } from "../moment.tsx";

/** Who changed the flag last, and when. */
export function LastChange({
  number: { flagChangedAt, flagChangedBy },
}: {
  number: Pick<NumberRecord, "flagChangedAt" | "flagChangedBy">;
}) {
  const t = useTranslations("numbers");
  if (flagChangedAt === null) return <span className="text-muted">{t("neverChanged")}</span>;
  return (
    <>
      <span className="block truncate">{flagChangedBy?.name ?? t("changedByConsole")}</span>
      <span className="block truncate text-xs text-muted">
        <Moment at={flagChangedAt} />
      </span>
    </>
  );
}
