import { useTranslations } from "next-intl";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import { Moment } from "../moment.tsx";

/**
 * Who changed the flag last, and when; for a retired number, when it was retired, which is its last
 * change.
 */
export function LastChange({
  number: { flagChangedAt, flagChangedBy, retiredAt },
}: {
  number: Pick<NumberRecord, "flagChangedAt" | "flagChangedBy" | "retiredAt">;
}) {
  const t = useTranslations("numbers");
  if (retiredAt !== null) {
    return (
      <>
        <span className="block truncate">{t("retiredAt")}</span>
        <span className="block truncate text-meta text-muted">
          <Moment at={retiredAt} />
        </span>
      </>
    );
  }
  if (flagChangedAt === null) return <span className="text-muted">{t("neverChanged")}</span>;
  return (
    <>
      <span className="block truncate">
        <bdi>{flagChangedBy?.name ?? t("changedByConsole")}</bdi>
      </span>
      <span className="block truncate text-meta text-muted">
        <Moment at={flagChangedAt} />
      </span>
    </>
  );
}
