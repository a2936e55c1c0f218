import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { RuntimeRefusal } from "#lib/runtimes/list-runtimes.ts";
import { Moment } from "../moment.tsx";

/** What was refused to an instance last, as it told: the console may never have seen the request. */
export function LastRefusal({ refusal }: { refusal: RuntimeRefusal }) {
  const t = useTranslations("runtimes");
  const { what, status, since, until } = refusal;
  const named = { status: status === null ? "none" : String(status) };
  return (
    <span className="flex items-start gap-1.5 pt-1 text-warning">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {t(what === "flags" ? "refusedFlags" : "refusedReports", named)}{" "}
        {until === null
          ? t.rich("refusedSince", { since: () => <Moment at={since} /> })
          : t.rich("refusedFrom", {
              since: () => <Moment at={since} />,
              until: () => <Moment at={until} />,
            })}
        {". "}
        {t("refusedHint")}
      </span>
    </span>
  );
}
