"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import { Button } from "../ui/button.tsx";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { isolate } from "../ui/isolate.ts";
import type { NumberNow } from "./number-now.ts";
import { NumberOption } from "./number-option.tsx";
import type { SimulatorNumber } from "./simulator-number.ts";
import { useSuggestions } from "./use-suggestions.ts";

const MAX_SEARCH = 100;

/**
 * A combobox that chooses one of the console's numbers by search (WAI-ARIA Authoring Practices, "Editable
 * Combobox With List Autocomplete").
 */
export function NumberPicker({
  chosen,
  onChoose,
}: {
  /** Null when none is chosen and the payload's own numbers apply. */
  chosen: { id: string; now: NumberNow } | null;
  onChoose: (number: SimulatorNumber | null) => void;
}) {
  const t = useTranslations("simulator");
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const suggestions = useSuggestions(typed ?? "");
  const options = suggestions.kind === "found" ? suggestions.numbers : [];
  const isOpen = typed !== null && typed.trim() !== "";
  const current = Math.min(active, options.length - 1);

  const close = () => setTyped(null);
  const choose = (number: SimulatorNumber | null) => {
    onChoose(number);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const number = options[current];
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && number) choose(number);
    else if (step === 0 || options.length === 0) return;
    else setActive((current + step + options.length) % options.length);
    event.preventDefault();
  };
  return (
    <div className="relative flex flex-col gap-1">
      <label htmlFor={id} className="text-meta text-muted">
        {t("number")}
      </label>
      <input
        id={id}
        role="combobox"
        aria-expanded={isOpen && options.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-describedby={`${id}-note`}
        {...(isOpen && options[current] ? { "aria-activedescendant": `${id}-${current}` } : {})}
        autoComplete="off"
        spellCheck={false}
        maxLength={MAX_SEARCH}
        value={typed ?? toName(chosen)}
        placeholder={t("numberPlaceholder")}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        onFocus={(event) => event.target.select()}
        onBlur={close}
        className={CONTROL_STYLE}
      />
      <div
        className={`absolute inset-x-0 top-[3.9rem] z-10 rounded-control border bg-surface ${isOpen ? "" : "hidden"}`}
      >
        <div id={`${id}-list`} role="listbox" aria-label={t("number")}>
          {options.map((number, at) => (
            <NumberOption
              key={number.phoneNumberId}
              id={`${id}-${at}`}
              number={number}
              isActive={at === current}
              onChoose={() => choose(number)}
            />
          ))}
        </div>
        <p role="status" className="px-2.5 py-1.5 text-meta text-muted">
          {isOpen && toWords(suggestions, t)}
        </p>
      </div>
      <p id={`${id}-note`} className="text-meta text-muted">
        {toNote(chosen, t)}
      </p>
      {chosen && (
        <div>
          <Button onClick={() => choose(null)}>{t("numberClear")}</Button>
        </div>
      )}
    </div>
  );
}

type Words = ReturnType<typeof useTranslations<"simulator">>;
type Chosen = { id: string; now: NumberNow } | null;

function toName(chosen: Chosen): string {
  if (!chosen) return "";
  const { now, id } = chosen;
  return now.kind === "known"
    ? `${isolate(now.number.label)}, ${now.number.displayPhoneNumber}`
    : id;
}

function toNote(chosen: Chosen, t: Words): string {
  if (!chosen) return t("numberHint");
  return chosen.now.kind === "unknown" ? t("numberUnknown", { id: chosen.id }) : t("numberChosen");
}

function toWords(suggestions: ReturnType<typeof useSuggestions>, t: Words): string {
  if (suggestions.kind === "failed") return t("searchFailed");
  if (suggestions.kind !== "found") return t("searching");
  const count = suggestions.numbers.length;
  return count === 0 ? t("searchNone") : t("searchFound", { count });
}
