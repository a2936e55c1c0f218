import { useTranslations } from "next-intl";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import type { LiveState } from "#lib/runtimes/read-live-state.ts";
import { toFlagNumber } from "../flags/flag-number.ts";
import { FlagState } from "../flags/flag-state.tsx";
import { FlagSwitch } from "../flags/flag-switch.tsx";
import { Moment } from "../moment.tsx";
import { LiveLine } from "../runtimes/live-line.tsx";
import { isolate } from "../ui/isolate.ts";

/** The number's switch and state, where it is live, what that means, and since when. */
export function Acceptance({
  number,
  live,
  canSetFlag,
  needsTwoPeople,
  isBySession,
}: {
  number: NumberRecord;
  live: LiveState;
  canSetFlag: boolean;
  /** Whether its account takes two people for a change. */
  needsTwoPeople: boolean;
  /** Whether only the session, not the role, forbids changing it. */
  isBySession: boolean;
}) {
  const t = useTranslations("number");
  const flagSwitch = useTranslations("flagSwitch");
  const isRetired = number.retiredAt !== null;
  const meaning = number.acceptsBsuid ? t("acceptingMeans") : t("phoneOnlyMeans");
  return (
    <section aria-labelledby="acceptance" className="flex flex-col gap-1">
      <h2 id="acceptance" className="sr-only">
        {t("acceptance")}
      </h2>
      <div className="flex min-h-8 flex-wrap items-center gap-x-3">
        {canSetFlag && !isRetired && (
          <FlagSwitch
            number={toFlagNumber(number)}
            needsTwoPeople={needsTwoPeople}
            name={flagSwitch("name", { label: isolate(number.label) })}
          />
        )}
        <FlagState flag={number} />
        {number.flagRevision > 0 && <LiveLine state={live} />}
      </div>
      <p className="max-w-prose">
        {isRetired ? t("retiredMeans") : meaning} <LastFlagChange number={number} />
      </p>
      {needsTwoPeople && !isRetired && <p>{t("needsTwoPeople")}</p>}
      {!canSetFlag && !isRetired && (
        <p className="text-meta text-muted">{t(isBySession ? "readOnlySession" : "readOnly")}</p>
      )}
    </section>
  );
}

function LastFlagChange({
  number: { flagChangedAt, flagChangedBy },
}: {
  number: Pick<NumberRecord, "flagChangedAt" | "flagChangedBy">;
}) {
  const t = useTranslations("number");
  if (flagChangedAt === null) return null;
  const when = () => <Moment at={flagChangedAt} />;
  return (
    <span className="text-muted">
      {flagChangedBy
        ? t.rich("changedBy", { name: isolate(flagChangedBy.name), when })
        : t.rich("changedByConsole", { when })}
    </span>
  );
}
