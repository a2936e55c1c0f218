import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { REASON_LENGTH } from "#lib/audit/reason-length.ts";
import { countCharacters, isReason } from "../actions/reason-rules.ts";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { Field } from "../ui/field.tsx";

/** Why, in the person's words, with a counter and the last reason to use again. */
export function ReasonField({
  boxRef,
  value,
  wasTried,
  onChange,
  onReuse,
}: {
  boxRef: RefObject<HTMLTextAreaElement | null>;
  value: string;
  wasTried: boolean;
  onChange: (value: string) => void;
  /** Null where there is no reason yet to use again. */
  onReuse: (() => void) | null;
}) {
  const t = useTranslations("flagDialog");
  const count = countCharacters(value);
  const error = count > REASON_LENGTH.max ? t("reasonLong") : t("reasonShort");
  return (
    <Field
      label={t("reason")}
      hint={t("reasonHint")}
      error={wasTried && !isReason(value) ? error : null}
      aside={
        <span className="flex items-center gap-3 text-xs text-muted tabular-nums">
          {onReuse && (
            <button type="button" className="min-h-6 underline" onClick={onReuse}>
              {t("lastReason")}
            </button>
          )}
          {t("reasonCount", { count })}
        </span>
      }
    >
      {(control) => (
        <textarea
          {...control}
          ref={boxRef}
          rows={2}
          required
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={CONTROL_STYLE}
        />
      )}
    </Field>
  );
}
