import Link from "next/link";
import { useTranslations } from "next-intl";
import type { NumberRecord } from "#lib/numbers/number-record.ts";
import type { LiveState } from "#lib/runtimes/read-live-state.ts";
import { toFlagNumber } from "../flags/flag-number.ts";
import { FlagState } from "../flags/flag-state.tsx";
import { FlagSwitch } from "../flags/flag-switch.tsx";
import { Moment } from "../moment.tsx";
import { LiveLine } from "../runtimes/live-line.tsx";
import { isolate } from "../ui/isolate.ts";

/** Says whether the number accepts phone-less customers, what that means, and since when. */
export function Acceptance({
  number,
  live,
  canSetFlag,
  needsTwoPeople,
  canAsk,
  isBySession,
}: {
  number: NumberRecord;
  live: LiveState;
  canSetFlag: boolean;
  /** Whether its account takes two people for a change. */
  needsTwoPeople: boolean;
  /** Whether they may ask somebody else to change it. */
  canAsk: boolean;
  /** Whether only the session, not the role, forbids changing it. */
  isBySession: boolean;
}) {
  const t = useTranslations("number");
  const flagSwitch = useTranslations("flagSwitch");
  const isRetired = number.retiredAt !== null;
  const meaning = number.acceptsBsuid ? t("acceptingMeans") : t("phoneOnlyMeans");
  return (
    <section aria-labelledby="acceptance" className="rounded-control border bg-canvas p-4">
      <div className="flex min-h-6 items-center justify-between gap-3">
        <h2 id="acceptance" className="font-semibold">
          {t("acceptance")}
        </h2>
        <span className="flex items-center gap-2">
          <FlagState flag={number} />
          {canSetFlag && !isRetired && (
            <FlagSwitch
              number={toFlagNumber(number)}
              needsTwoPeople={needsTwoPeople}
              name={flagSwitch("name", { label: isolate(number.label) })}
            />
          )}
        </span>
      </div>
      <p className="pt-2">{isRetired ? t("retiredMeans") : meaning}</p>
      <LastFlagChange number={number} />
      {needsTwoPeople && !isRetired && <p className="pt-2">{t("needsTwoPeople")}</p>}
      {number.flagRevision > 0 && <LiveLine state={live} />}
      {!canSetFlag && !isRetired && (
        <p className="pt-2 text-meta text-muted">
          {t(isBySession ? "readOnlySession" : "readOnly")}
        </p>
      )}
      {!isRetired && (
        <p className="pt-2">
          <Link href={`/schedule?q=${number.phoneNumberId}`} prefetch={false} className="underline">
            {t("scheduled")}
          </Link>
        </p>
      )}
      {!canSetFlag && canAsk && !isRetired && (
        <p className="pt-2">
          <Link
            href={`/requests/new?number=${number.phoneNumberId}&accepts=${!number.acceptsBsuid}`}
            prefetch={false}
            className="underline"
          >
            {t(number.acceptsBsuid ? "askOff" : "askOn")}
          </Link>
        </p>
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
    <p className="pt-2 text-muted">
      {flagChangedBy
        ? t.rich("changedBy", { name: isolate(flagChangedBy.name), when })
        : t.rich("changedByConsole", { when })}
    </p>
  );
}
