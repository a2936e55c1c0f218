"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { CONTROL_STYLE } from "./control-style.ts";
import { FilterFrame } from "./filter-frame.tsx";
import { Select } from "./select.tsx";
import { useTypingPause } from "./use-typing-pause.ts";

/** A choice of the form, whose default is left out of the address. */
export type FilterChoice = {
  name: string;
  label: string;
  value: string;
  defaultValue: string;
  options: readonly { value: string; label: string }[];
};

type Words = {
  search: string;
  placeholder: string;
  apply: string;
  clear: string;
  filters: string;
};

/** The search and choices above a list. */
export function FilterForm<Path extends string>({
  path,
  q,
  choices,
  words,
  children,
}: {
  path: Path;
  q: string;
  choices: readonly FilterChoice[];
  words: Words;
  children: ReactNode;
}) {
  return (
    <FilterFrame
      path={path}
      toSearch={(form) => toSearch(form, choices)}
      isNarrowed={q !== "" || choices.some(({ value, defaultValue }) => value !== defaultValue)}
      words={words}
      search={({ go, isPending }) => (
        <div className="min-w-40 flex-1 rail:max-w-72">
          <SearchInput q={q} words={words} isBusy={isPending} onSearch={() => go("replace")} />
        </div>
      )}
      fields={({ go }) => (
        <>
          {choices.map(({ name, label, value, options }) => (
            <Select key={name} label={label} name={name} value={value} onChange={() => go()}>
              {options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </Select>
          ))}
        </>
      )}
    >
      {children}
    </FilterFrame>
  );
}

/** Follows the address (back, clear), but not while that lags behind typing. */
function SearchInput({
  q,
  words,
  isBusy,
  onSearch,
}: {
  q: string;
  words: Words;
  isBusy: boolean;
  onSearch: () => void;
}) {
  const id = useId();
  const { wait, cancel } = useTypingPause();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isBusy || !box.current || document.activeElement === box.current) return;
    box.current.value = q;
  }, [q, isBusy]);
  return (
    <>
      <label htmlFor={id} className="sr-only">
        {words.search}
      </label>
      <input
        id={id}
        ref={box}
        type="search"
        name="q"
        defaultValue={q}
        maxLength={200}
        placeholder={words.placeholder}
        autoComplete="off"
        onInput={() => wait(onSearch)}
        // Enter submits the form.
        onKeyDown={({ key }) => key === "Enter" && cancel()}
        className={CONTROL_STYLE}
      />
    </>
  );
}

function toSearch(form: FormData, choices: readonly FilterChoice[]): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of form) {
    if (typeof value !== "string") continue;
    const usual = choices.find((choice) => choice.name === name)?.defaultValue ?? "";
    if (value.trim() !== usual) params.set(name, value.trim());
  }
  return params;
}
