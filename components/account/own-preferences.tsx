import { useTranslations } from "next-intl";
import { LOCALES, type Preferences } from "#lib/preferences.ts";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { Field } from "../ui/field.tsx";
import { ZoneOptions } from "../ui/zone-options.tsx";
import { PreferencesForm, type SetPreferences } from "./preferences-form.tsx";

/** The zone and language that the signed-in person wants. */
export function OwnPreferences({
  preferences: { zone, locale },
  browserZone,
  setPreferences,
}: {
  preferences: Preferences;
  browserZone: string;
  setPreferences: SetPreferences;
}) {
  const t = useTranslations("account");
  return (
    <section aria-labelledby="preferences">
      <h2 id="preferences" className="flex min-h-8 items-center pb-1 font-semibold">
        {t("preferences")}
      </h2>
      <PreferencesForm setPreferences={setPreferences}>
        <Field label={t("zone")} hint={t("zoneHint")}>
          {(control) => (
            <select {...control} name="zone" defaultValue={zone ?? ""} className={CONTROL_STYLE}>
              <option value="">{t("browserZone", { zone: browserZone })}</option>
              <ZoneOptions selected={zone} />
            </select>
          )}
        </Field>
        <Field label={t("language")}>
          {(control) => (
            <select
              {...control}
              name="locale"
              defaultValue={locale ?? ""}
              className={CONTROL_STYLE}
            >
              <option value="">{t("consoleLanguage")}</option>
              {LOCALES.map((one) => (
                <option key={one} value={one}>
                  {t(`languages.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </PreferencesForm>
    </section>
  );
}
