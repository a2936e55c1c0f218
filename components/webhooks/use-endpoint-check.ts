import { useTranslations } from "next-intl";
import type { FieldErrors } from "../actions/action-dialog.tsx";
import { readText } from "../actions/fields.tsx";
import { readEvents } from "./events-field.tsx";

/** Returns a check of an endpoint's form before it is sent; the verb has the last word. */
export function useEndpointCheck(): (form: FormData) => FieldErrors {
  const t = useTranslations("endpointActions");
  return (form) => ({
    url: URL.parse(readText(form, "url"))?.protocol === "https:" ? null : t("urlWrong"),
    events: readEvents(form).length === 0 ? t("eventsWrong") : null,
  });
}
