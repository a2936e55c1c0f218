import { useTranslations } from "next-intl";
import { TextField } from "../actions/fields.tsx";

const NAME = "ownPassword";

/** Asks the person who creates a token for their password. */
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

/** Not trimmed: a space at the end is part of a password. Undefined where it is not asked for. */
export function readOwnPassword(form: FormData): string | undefined {
  return form.get(NAME)?.toString();
}
