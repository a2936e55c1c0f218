"use client";

import { useTranslations } from "next-intl";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { Field } from "../ui/field.tsx";

/** The reason and the ticket of a request. */
export function AskWhy({
  first,
  errors,
}: {
  first: { reason: string; ticketUrl: string };
  errors: Readonly<Record<string, string | null>>;
}) {
  const t = useTranslations("askRequest");
  return (
    <>
      <Field label={t("reason")} hint={t("reasonHint")} error={errors.reason ?? null}>
        {(control) => (
          <textarea
            {...control}
            name="reason"
            rows={2}
            required
            defaultValue={first.reason}
            className={CONTROL_STYLE}
          />
        )}
      </Field>
      <Field label={t("ticket")} hint={t("ticketHint")} error={errors.ticketUrl ?? null}>
        {(control) => (
          <input
            {...control}
            type="url"
            name="ticketUrl"
            inputMode="url"
            maxLength={2_000}
            defaultValue={first.ticketUrl}
            className={CONTROL_STYLE}
          />
        )}
      </Field>
    </>
  );
}
