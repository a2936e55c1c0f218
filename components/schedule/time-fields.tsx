import { useTranslations } from "next-intl";
import type { FieldErrors } from "../actions/action-dialog.tsx";
import { ChoiceField, readText, TextField } from "../actions/fields.tsx";

/** A local time and its zone, and which one of a time that exists twice. */
export function TimeFields({ localTime = "", zone }: { localTime?: string; zone: string }) {
  const t = useTranslations("scheduleActions");
  return (
    <>
      <TextField
        name="localTime"
        type="datetime-local"
        step={1}
        label={t("localTime")}
        hint={t("localTimeHint")}
        defaultValue={localTime}
      />
      <TextField
        name="zone"
        label={t("zone")}
        hint={t("zoneHint")}
        defaultValue={zone}
        autoComplete="off"
        maxLength={64}
      />
      <ChoiceField name="ambiguous" label={t("ambiguous")} defaultValue="">
        <option value="">{t("ask")}</option>
        <option value="earlier">{t("earlier")}</option>
        <option value="later">{t("later")}</option>
      </ChoiceField>
    </>
  );
}

/** What the fields say; what may be left out is left out when it is empty. */
export function readTime(form: FormData) {
  const ambiguous = readText(form, "ambiguous");
  return {
    localTime: readText(form, "localTime"),
    zone: readText(form, "zone"),
    ...(isChoice(ambiguous) ? { ambiguous } : {}),
  };
}

/** Returns a check of the fields before they are sent; the verb has the last word. */
export function useTimeCheck(): (form: FormData) => FieldErrors {
  const t = useTranslations("scheduleActions");
  return (form) => ({
    localTime: readText(form, "localTime") === "" ? t("localTimeMissing") : null,
    zone: readText(form, "zone") === "" ? t("zoneMissing") : null,
  });
}

const isChoice = (text: string): text is "earlier" | "later" =>
  text === "earlier" || text === "later";
