"use client";

import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { MAX_CHARACTERS } from "#lib/numbers/max-characters.ts";
import { CONTROL_STYLE } from "../ui/control-style.ts";
import { useTypingPause } from "../ui/use-typing-pause.ts";
import { loadShortening, shorten } from "./to-search-params.ts";

export type SearchWords = {
  search: string;
  searchPlaceholder: string;
  searchHint: string;
  searchTooLong: string;
};

/** A search box that searches while typing, on Enter, and at once on a paste; grows with a pasted list. */
export function SearchBox({
  q,
  words,
  isBusy,
  onSearch,
}: {
  q: string;
  words: SearchWords;
  isBusy: boolean;
  onSearch: (history: "push" | "replace") => void;
}) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const { wait, cancel, timer } = useTypingPause();
  const isBurst = useRef(false);
  const [isTooLong, setTooLong] = useState(false);

  // The address may change elsewhere (back, clear) or keep only the numbers of a pasted text. Follow it,
  // but not while it lags behind typing, and not for a space at the end.
  useEffect(() => {
    if (isBusy || timer.current !== undefined || !box.current) return;
    if (box.current.value.trim() !== q) box.current.value = q;
  }, [q, isBusy, timer]);

  const search = () => {
    cancel();
    const hasTooMuch = shorten(box.current?.value ?? "").length > MAX_CHARACTERS;
    setTooLong(hasTooMuch);
    if (hasTooMuch) return;
    onSearch(isBurst.current ? "replace" : "push");
    isBurst.current = true;
  };
  const onPaste = () => {
    setTimeout(search);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    search();
    isBurst.current = false;
  };
  return (
    <>
      <label htmlFor={id} className="sr-only">
        {words.search}
      </label>
      <textarea
        id={id}
        ref={box}
        name="q"
        rows={1}
        defaultValue={q}
        placeholder={words.searchPlaceholder}
        aria-describedby={`${id}-hint`}
        aria-invalid={isTooLong}
        autoComplete="off"
        spellCheck={false}
        onFocus={() => void loadShortening().catch(() => {})}
        onInput={() => wait(search)}
        onPaste={onPaste}
        onKeyDown={onKeyDown}
        onBlur={() => {
          isBurst.current = false;
        }}
        className={`${CONTROL_STYLE} block field-sizing-content max-h-40 resize-none`}
      />
      <p id={`${id}-hint`} className="sr-only">
        {words.searchHint}
      </p>
      <p role="alert" className="text-meta text-red empty:hidden">
        {isTooLong && words.searchTooLong}
      </p>
    </>
  );
}
