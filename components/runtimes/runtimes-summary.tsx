import { useTranslations } from "next-intl";
import type { RuntimeRecord } from "#lib/runtimes/list-runtimes.ts";
import { TriangleAlert } from "../ui/icons.tsx";
import { Notice } from "../ui/notice.tsx";
import { toRuntimeCondition } from "./runtime-state.tsx";

/** How many instances need attention. */
export function RuntimesSummary({ runtimes }: { runtimes: readonly RuntimeRecord[] }) {
  const t = useTranslations("runtimes");
  const total = runtimes.length;
  const unwell = runtimes.filter((runtime) => toRuntimeCondition(runtime) !== "current").length;
  return (
    <div role="status" className="py-4">
      {unwell === 0 ? (
        <p className="text-muted">{t("allWell", { count: total })}</p>
      ) : (
        <Notice tone="danger">
          <p className="flex gap-1.5">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span>
              <span className="font-medium">{t("someUnwell", { count: unwell, total })}</span>{" "}
              {t("unwellHint")}
            </span>
          </p>
        </Notice>
      )}
    </div>
  );
}
