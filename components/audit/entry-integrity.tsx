import { useTranslations } from "next-intl";
import type { EntryFault } from "#lib/audit/verify/find-entry-faults.ts";
import { ShieldAlert, ShieldCheck } from "../ui/icons.tsx";
import { Notice } from "../ui/notice.tsx";

/** Says whether one entry is as it was written. */
export function EntryIntegrity({ faults }: { faults: readonly EntryFault[] }) {
  const t = useTranslations("entry");
  return (
    <section aria-labelledby="chain" className="flex flex-col gap-1">
      <h2 id="chain" className="font-semibold">
        {t("chain")}
      </h2>
      {faults.length === 0 ? (
        <>
          <p className="flex gap-1.5">
            <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-green" />
            <span>{t("whole")}</span>
          </p>
          <p className="text-muted">{t("wholeHint")}</p>
        </>
      ) : (
        <Notice tone="danger" isAlert>
          <p className="flex gap-1.5 font-semibold">
            <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {t("brokenTitle")}
          </p>
          <ul className="list-disc pl-5">
            {faults.map((fault) => (
              <li key={fault}>{t(`fault.${fault}`)}</li>
            ))}
          </ul>
          <p>{t("brokenHint")}</p>
        </Notice>
      )}
    </section>
  );
}
