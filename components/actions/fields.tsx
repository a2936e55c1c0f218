import { useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useState } from "react";
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
  const t = useTranslations("actions");
  const [count, setCount] = useState(0);
  return (
    <Field
      label={t("reason")}
      hint={t("reasonHint")}
      error={useFieldError("reason")}
      aside={<span className="text-xs text-muted tabular-nums">{t("reasonCount", { count })}</span>}
    >
      {(control) => (
        <textarea
          {...control}
          name="reason"
          rows={2}
          required
          onChange={(event) => setCount(countCharacters(event.target.value))}
          className={CONTROL_STYLE}
        />
      )}
    </Field>
  );
}

/** What is wrong with the reason in a form, before it is sent; the verb has the last word. */
export function useReasonCheck(): (form: FormData) => FieldErrors {
  const t = useTranslations("actions");
  return (form) => ({ reason: isReason(readText(form, "reason")) ? null : t("reasonWrong") });
}

/** A field's text, trimmed. */
export function readText(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
