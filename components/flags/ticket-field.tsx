import { useTranslations } from "next-intl";
import { isTicketUrl } from "../actions/reason-rules.ts";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { Field } from "../ui/field.tsx";

/** A link to the ticket, if there is one. */
export function TicketField({
  value,
  wasTried,
  onChange,
}: {
  value: string;
  wasTried: boolean;
  onChange: (value: string) => void;
}) {
  const t = useTranslations("flagDialog");
  return (
    <Field
      label={t("ticket")}
      hint={t("ticketHint")}
      error={wasTried && !isTicketUrl(value) ? t("ticketWrong") : null}
    >
      {(control) => (
        <input
          {...control}
          type="url"
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
