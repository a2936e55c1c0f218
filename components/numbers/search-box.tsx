"use client";

import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import { parseSearchQuery } from "#lib/numbers/search-query.ts";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { shorten } from "./to-search-params.ts";

const TYPING_PAUSE_MS = 350;

/** Searches as one types, on Enter, and at once on a paste; grows with a pasted list. */
export function SearchBox({
  q,
  label,
  placeholder,
  hint,
  isBusy,
  onSearch,
}: {
  q: string;
  label: string;
  placeholder: string;
  hint: string;
  isBusy: boolean;
  onSearch: (history: "push" | "replace") => void;
}) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isBurst = useRef(false);

  // The address may change elsewhere (back, clear): follow it, but never while it lags behind typing.
  useEffect(() => {
    const isTyping = isBusy || timer.current !== undefined;
    if (!isTyping && box.current && shorten(box.current.value) !== q) box.current.value = q;
    else if (!isTyping && box.current && q.includes("\n")) box.current.value = q;
  }, [q, isBusy]);

  const search = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    onSearch(isBurst.current ? "replace" : "push");
    isBurst.current = true;
  };
  const onInput = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(search, TYPING_PAUSE_MS);
  };
  const onPaste = () => {
    setTimeout(() => {
      if (parseSearchQuery(box.current?.value ?? "").kind === "numbers") search();
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    search();
    isBurst.current = false;
  };
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      <textarea
        id={id}
        ref={box}
        name="q"
        rows={1}
        defaultValue={q}
        placeholder={placeholder}
        aria-describedby={`${id}-hint`}
        autoComplete="off"
        spellCheck={false}
        onInput={onInput}
        onPaste={onPaste}
        onKeyDown={onKeyDown}
        onBlur={() => {
          isBurst.current = false;
        }}
        className={`${CONTROL_STYLE} field-sizing-content max-h-40 min-h-9 resize-none`}
      />
      <p id={`${id}-hint`} className="sr-only">
        {hint}
      </p>
    </div>
  );
}
