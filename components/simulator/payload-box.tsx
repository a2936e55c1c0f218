"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { Field } from "../ui/field.tsx";

/** A text box lays out all its text at each keystroke, so longer texts are kept outside it. */
const MAX_EDITED = 100_000;
const SHOWN_OF_HELD = 600;

/**
 * A box to type or paste a text into. A text of a megabyte is kept beside the box, so that nothing
 * stalls.
 */
export function PayloadBox({
  label,
  hint,
  error,
  text,
  onText,
}: {
  label: string;
  hint: string;
  error: string | null;
  text: string;
  onText: (text: string) => void;
}) {
  const isHeld = text.length > MAX_EDITED;
  const box = useRef<HTMLTextAreaElement>(null);
  const heldButton = useRef<HTMLButtonElement>(null);
  const wasHeld = useRef(isHeld);
  // The box disappears when a text is pasted or removed, and the focus would be lost with it.
  useEffect(() => {
    if (wasHeld.current !== isHeld) (isHeld ? heldButton : box).current?.focus();
    wasHeld.current = isHeld;
  }, [isHeld]);
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) =>
        isHeld ? (
          <fieldset
            id={control.id}
            aria-label={label}
            aria-describedby={control["aria-describedby"]}
          >
            <HeldText text={text} button={heldButton} onRemove={() => onText("")} />
          </fieldset>
        ) : (
          <textarea
            {...control}
            ref={box}
            rows={16}
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={(event) => onText(event.target.value)}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData("text/plain");
              if (pasted.length <= MAX_EDITED) return;
              // The box would take seconds to lay it out.
              event.preventDefault();
              const { selectionStart, selectionEnd } = event.currentTarget;
              onText(text.slice(0, selectionStart) + pasted + text.slice(selectionEnd));
            }}
            className={`${CONTROL_STYLE} min-h-40 resize-y font-mono text-meta`}
          />
        )
      }
    </Field>
  );
}

function HeldText({
  text,
  button,
  onRemove,
}: {
  text: string;
  button: React.RefObject<HTMLButtonElement | null>;
  onRemove: () => void;
}) {
  const t = useTranslations("simulator");
  const format = useFormatter();
  const megabytes = format.number(text.length / 1_000_000, { maximumFractionDigits: 2 });
  return (
    <div className="rounded-control border bg-canvas p-2.5">
      <p>{t("held", { megabytes })}</p>
      <pre className="max-h-40 overflow-hidden py-2 font-mono text-meta whitespace-pre-wrap wrap-anywhere">
        {text.slice(0, SHOWN_OF_HELD)}…
      </pre>
      <button
        ref={button}
        type="button"
        onClick={onRemove}
        className="underline underline-offset-2"
      >
        {t("remove")}
      </button>
    </div>
  );
}
