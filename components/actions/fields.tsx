import { useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, type RefObject, useState } from "react";
import { REASON_LENGTH } from "#lib/audit/reason-length.ts";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { Field } from "../ui/field.tsx";
import { type FieldErrors, useFieldError } from "./action-dialog.tsx";
import { countCharacters, isReason } from "./reason-rules.ts";

type Named = { name: string; label: string; hint?: string };

/** A text field in an action's dialog. */
export function TextField({
  name,
  label,
  hint = "",
  isOptional = false,
  ...input
}: Named & { isOptional?: boolean } & Pick<
    ComponentProps<"input">,
    "type" | "autoComplete" | "defaultValue" | "maxLength" | "step"
  >) {
  return (
    <Field label={label} hint={hint} error={useFieldError(name)}>
      {(control) => (
        <input
          {...control}
          {...input}
          name={name}
          required={!isOptional}
          className={CONTROL_STYLE}
        />
      )}
    </Field>
  );
}

/** A choice of a few options in an action's dialog. */
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
        <select {...control} name={name} defaultValue={defaultValue} className={CONTROL_STYLE}>
          {children}
        </select>
      )}
    </Field>
  );
}

/** The reason for the action, which stays in the trail. */
export function ReasonField({ hint }: { hint?: string }) {
  const [reason, setReason] = useState("");
  return <ReasonInput value={reason} onChange={setReason} hint={hint} />;
}

/** A controlled reason field, so that the form can start with a reason or fill in an earlier one. */
export function ReasonInput({
  value,
  onChange,
  boxRef,
  hint,
  children,
}: {
  value: string;
  onChange: (value: string) => void;
  boxRef?: RefObject<HTMLTextAreaElement | null>;
  /** Other than: say who asked and why. */
  hint?: string | undefined;
  /** Shown beside the counter. */
  children?: ReactNode;
}) {
  const t = useTranslations("actions");
  return (
    <Field
      label={t("reason")}
      hint={hint ?? t("reasonHint")}
      error={useFieldError("reason")}
      aside={
        <span className="flex items-center gap-3 text-meta text-muted tabular-nums">
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

/** Returns a check of a form's reason before it is sent; the verb has the last word. */
export function useReasonCheck(): (form: FormData) => FieldErrors {
  const checkReason = useReasonError();
  return (form) => ({ reason: checkReason(readText(form, "reason")) });
}

/** Returns a function from a reason to its error; null for a valid one. */
export function useReasonError(): (typed: string) => string | null {
  const t = useTranslations("actions");
  return (typed) => {
    if (isReason(typed)) return null;
    const isLong = countCharacters(typed) > REASON_LENGTH.max;
    return t(isLong ? "reasonLong" : "reasonShort", REASON_LENGTH);
  };
}

/** A form field's text, trimmed. */
export function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
