import { useTranslations } from "next-intl";
import { TextField } from "../actions/fields.tsx";

const NAME = "ownPassword";

/** Asks whoever creates a token for their password. */
export function OwnPasswordField() {
  const t = useTranslations("tokenActions");
  return (
    <TextField
      name={NAME}
      label={t("ownPassword")}
      hint={t("ownPasswordHint")}
      type="password"
      autoComplete="current-password"
      maxLength={200}
    />
  );
}

/** As typed: a space at the end is part of a password. Undefined where it is not asked for. */
export function readOwnPassword(form: FormData): string | undefined {
  return form.get(NAME)?.toString();
}
