import { useFormatter, useTranslations } from "next-intl";
import { isolate } from "../ui/isolate.ts";
import { Notice } from "../ui/notice.tsx";
import type { FlagNumber } from "./flag-number.ts";

/**
 * Shows that somebody else changed the number: the version seen beside the current one, and what to do
 * next.
 */
export function StaleNumber({ seen, current }: { seen: FlagNumber; current: FlagNumber }) {
  const t = useTranslations("flagDialog");
  const format = useFormatter();
  const { flagChangedAt, flagChangedBy } = current;
  const when = flagChangedAt
    ? format.relativeTime(new Date(flagChangedAt), { now: new Date() })
    : "";
  const isAsWanted = seen.acceptsBsuid !== current.acceptsBsuid;
  return (
    <Notice tone="warning" isAlert>
      <p className="font-medium">{t("staleTitle")}</p>
      <p>
        {flagChangedBy
          ? t("staleBy", { name: isolate(flagChangedBy.name), when })
          : t("staleByConsole", { when })}
      </p>
      <dl className="my-2 grid grid-cols-2 gap-2">
        <Version name={t("staleSeen")} number={seen} />
        <Version name={t("staleNow")} number={current} />
      </dl>
      <p>{isAsWanted ? t("staleAlready") : t("staleDecide")}</p>
    </Notice>
  );
}

function Version({ name, number }: { name: string; number: FlagNumber }) {
  const t = useTranslations("flagDialog");
  return (
    <div className="rounded-control border border-current px-2 py-1">
      <dt className="text-meta">{name}</dt>
      <dd className="font-medium">
        {number.acceptsBsuid ? t("accepting") : t("phoneOnly")} (v{number.flagVersion})
      </dd>
    </div>
  );
}
