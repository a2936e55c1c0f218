import { useTranslations } from "next-intl";
import { ChoiceField } from "../actions/fields.tsx";
import { LIFE_DAYS, USUAL_LIFE_DAYS } from "./token-actions.ts";

/** How long a new token works. */
export function LifeField({ kind }: { kind: "service" | "personal" }) {
  const t = useTranslations("tokenActions");
  const usual = String(USUAL_LIFE_DAYS[kind]);
  return (
    <ChoiceField name="lifeDays" label={t("life")} hint={t("lifeHint")} defaultValue={usual}>
      {LIFE_DAYS.map((count) => (
        <option key={count} value={count}>
          {t("days", { count })}
        </option>
      ))}
    </ChoiceField>
  );
}
