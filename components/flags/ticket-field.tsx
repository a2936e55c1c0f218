import { useTranslations } from "next-intl";
import { useFieldError } from "../actions/action-dialog.tsx";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { Field } from "../ui/field.tsx";

/** A link to the ticket, if there is one. */
export function TicketField({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string) => void;
}) {
  const t = useTranslations("flagDialog");
  return (
    <Field label={t("ticket")} hint={t("ticketHint")} error={useFieldError("ticketUrl")}>
      {(control) => (
        <input
          {...control}
          type="url"
          name="ticketUrl"
          inputMode="url"
          maxLength={2_000}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={CONTROL_STYLE}
        />
      )}
    </Field>
  );
}
