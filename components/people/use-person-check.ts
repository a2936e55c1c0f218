import { useTranslations } from "next-intl";
import type { FieldErrors } from "../actions/action-dialog.tsx";
import { readText } from "../actions/fields.tsx";

/**
 * Returns a check of a person's name and address in a form before it is sent; the verb has the last word.
 */
export function usePersonCheck(): (form: FormData) => FieldErrors {
  const t = useTranslations("personActions");
  return (form) => ({
    name: readText(form, "name") === "" ? t("nameWrong") : null,
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(readText(form, "email")) ? null : t("emailWrong"),
  });
}
