"use client";

import { useTranslations } from "next-intl";
import { readText } from "../actions/fields.tsx";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { Field } from "../ui/field.tsx";

type WishedTime = { localTime?: string; zone?: string; ambiguous?: "earlier" | "later" };

/** The wished time of a form; nothing without one. */
export function readTime(form: FormData): WishedTime {
  const localTime = readText(form, "localTime");
  if (localTime === "") return {};
  const ambiguous = readText(form, "ambiguous");
  return {
    localTime,
    zone: readText(form, "zone"),
    ...(ambiguous === "earlier" || ambiguous === "later" ? { ambiguous } : {}),
  };
}

/** When the change is to take effect, in a zone; asks which one where the clocks show the time twice. */
export function AskTime({ zone, isAmbiguous }: { zone: string; isAmbiguous: boolean }) {
  const t = useTranslations("askRequest");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t("time")} hint={t("timeHint")}>
        {(control) => (
          <input {...control} type="datetime-local" name="localTime" className={CONTROL_STYLE} />
        )}
      </Field>
      <Field label={t("zone")} hint={t("zoneHint")}>
        {(control) => (
          <input
            {...control}
            name="zone"
            defaultValue={zone}
            maxLength={100}
            autoComplete="off"
            className={CONTROL_STYLE}
          />
        )}
      </Field>
      {isAmbiguous && (
        <fieldset className="sm:col-span-2">
          <legend className="font-medium">{t("ambiguous")}</legend>
          {(["earlier", "later"] as const).map((which) => (
            <label key={which} className="mr-4 inline-flex min-h-8 items-center gap-1.5">
              <input type="radio" name="ambiguous" value={which} className="size-4 accent-ink" />
              {t(which)}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
