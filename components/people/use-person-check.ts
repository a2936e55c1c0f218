import { useTranslations } from "next-intl";
import type { FieldErrors } from "../acts/act-dialog.tsx";
import { readText } from "../acts/fields.tsx";

/** What is wrong with a person's name and address in a form, before it is sent; the verb has the last word. */
export function usePersonCheck(): (form: FormData) => FieldErrors {
  const t = useTranslations("personActs");
  return (form) => ({
    name: readText(form, "name") === "" ? t("nameWrong") : null,
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(readText(form, "email")) ? null : t("emailWrong"),
  });
}
