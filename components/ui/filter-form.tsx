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

type Words = { search: string; placeholder: string; apply: string; clear: string };

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
      styles={{
        form: "grid grid-cols-2 items-end gap-3 pb-3 md:flex",
        buttons: "col-span-2 flex gap-2",
      }}
      fields={({ go, isPending }) => (
        <>
          <div className="col-span-2 md:flex-1">
            <SearchInput q={q} words={words} isBusy={isPending} onSearch={() => go("replace")} />
          </div>
          {choices.map(({ name, label, value, options }) => (
            <div key={name} className="md:w-40">
              <Select label={label} name={name} value={value} onChange={() => go()}>
                {options.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </Select>
            </div>
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
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs text-muted">
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
        className={`${CONTROL_STYLE} h-9`}
      />
    </div>
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
