import { useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, type RefObject, useState } from "react";
import { REASON_LENGTH } from "#lib/audit/reason-length.ts";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { Field } from "../ui/field.tsx";
import { type FieldErrors, useFieldError } from "./action-dialog.tsx";
import { countCharacters, isReason } from "./reason-rules.ts";

type Named = { name: string; label: string; hint?: string };

/** A line of text in an action's dialog. */
export function TextField({
  name,
  label,
  hint = "",
  ...input
}: Named & Pick<ComponentProps<"input">, "type" | "autoComplete" | "defaultValue" | "maxLength">) {
  return (
    <Field label={label} hint={hint} error={useFieldError(name)}>
      {(control) => (
        <input {...control} {...input} name={name} required className={CONTROL_STYLE} />
      )}
    </Field>
  );
}

/** One of a few, in an action's dialog. */
export function ChoiceField({
  name,
  label,
  hint = "",
  defaultValue,
  children,
}: Named & { defaultValue: string; children: ReactNode }) {
  return (
    <Field label={label} hint={hint} error={useFieldError(name)}>
      {(control) => (
        <select
          {...control}
          name={name}
          defaultValue={defaultValue}
          className={`${CONTROL_STYLE} h-9`}
        >
          {children}
        </select>
      )}
    </Field>
  );
}

/** Why, in the person's words: it stays in the trail. */
export function ReasonField() {
  const [reason, setReason] = useState("");
  return <ReasonInput value={reason} onChange={setReason} />;
}

/** A reason that its form holds, so that it can begin with one, or take over an earlier one. */
export function ReasonInput({
  value,
  onChange,
  boxRef,
  children,
}: {
  value: string;
  onChange: (value: string) => void;
  boxRef?: RefObject<HTMLTextAreaElement | null>;
  /** Beside the counter. */
  children?: ReactNode;
}) {
  const t = useTranslations("actions");
  return (
    <Field
      label={t("reason")}
      hint={t("reasonHint")}
      error={useFieldError("reason")}
      aside={
        <span className="flex items-center gap-3 text-xs text-muted tabular-nums">
          {children}
          {t("reasonCount", { count: countCharacters(value), max: REASON_LENGTH.max })}
        </span>
      }
    >
      {(control) => (
        <textarea
          {...control}
          ref={boxRef}
          name="reason"
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

/** What is wrong with the reason in a form, before it is sent; the verb has the last word. */
export function useReasonCheck(): (form: FormData) => FieldErrors {
  const checkReason = useReasonError();
  return (form) => ({ reason: checkReason(readText(form, "reason")) });
}

/** What is wrong with a reason; null: nothing. */
export function useReasonError(): (typed: string) => string | null {
  const t = useTranslations("actions");
  return (typed) => {
    if (isReason(typed)) return null;
    const isLong = countCharacters(typed) > REASON_LENGTH.max;
    return t(isLong ? "reasonLong" : "reasonShort", REASON_LENGTH);
  };
}

/** A field's text, trimmed. */
export function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
