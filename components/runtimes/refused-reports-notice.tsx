import { useTranslations } from "next-intl";
import type { RefusedReports } from "#lib/runtimes/list-refused-reports.ts";
import { Moment } from "../moment.tsx";
import { isolate } from "../ui/isolate.ts";
import { Notice } from "../ui/notice.tsx";
import type { RuntimeAction } from "./runtime-action.ts";
import { RuntimeActionButton } from "./runtime-action-button.tsx";

/** The reports that the console refuses, and why; nothing when it accepts all. */
export function RefusedReportsNotice({
  refused,
  release,
}: {
  refused: readonly RefusedReports[];
  /** Null when the viewer may not release a name. */
  release: RuntimeAction | null;
}) {
  const t = useTranslations("runtimes");
  if (refused.length === 0) return null;
  return (
    <section aria-labelledby="refused-reports" className="pb-4">
      <Notice tone="danger">
        <h2 id="refused-reports" className="font-medium">
          {t("refusedTitle")}
        </h2>
        <p>{t("refusedLead")}</p>
        <ul className="pt-1">
          {refused.map(({ instanceId, token, why, isNameTaken, count, lastAt }) => (
            <li key={`${token.prefix} ${instanceId}`} className="border-t py-2">
              <p className="font-medium wrap-anywhere">
                <span className="font-mono">{instanceId ?? t("refusedUnreadable")}</span>
                {`, ${isolate(token.name)} (${token.prefix}…)`}
              </p>
              <p className="wrap-anywhere">{why}</p>
              <p className="text-meta text-muted">
                {t.rich("refusedCount", { count, when: () => <Moment at={lastAt} /> })}
              </p>
              {release && instanceId !== null && isNameTaken && (
                <RuntimeActionButton name="release" instanceId={instanceId} action={release} />
              )}
            </li>
          ))}
        </ul>
      </Notice>
    </section>
  );
}
