"use client";

import { useTranslations } from "next-intl";

const CHECKS = [
  "checkUserId",
  "checkEmptyPhone",
  "checkFlows",
  "checkPasswords",
  "checkChange",
  "checkReports",
] as const;

/** What has to be ready at the business before a number accepts phone-less customers, to tick. */
export function AskChecklist({ ticked }: { ticked: readonly string[] }) {
  const t = useTranslations("askRequest");
  return (
    <fieldset>
      <legend className="font-medium">{t("checklist")}</legend>
      {CHECKS.map((check) => (
        <label key={check} className="flex min-h-8 items-center gap-2">
          <input
            type="checkbox"
            name="checks"
            value={t(check)}
            defaultChecked={ticked.includes(t(check))}
            className="size-4 shrink-0 accent-ink"
          />
          {t(check)}
        </label>
      ))}
    </fieldset>
  );
}
