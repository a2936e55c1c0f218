"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useId, useRef, useTransition } from "react";
import { Button } from "./button.tsx";
import { buttonStyle } from "./button-style.ts";
import { CONTROL_STYLE } from "./control-style.ts";
import { Select } from "./select.tsx";
import { useTypingPause } from "./use-typing-pause.ts";

/** A choice of the form; its default is not written into the address. */
export type FilterChoice = {
  name: string;
  label: string;
  value: string;
  defaultValue: string;
  options: readonly { value: string; label: string }[];
};

type Words = { search: string; placeholder: string; apply: string; clear: string };

/**
 * Search and choices over the list they narrow: a plain GET form, which also works without
 * script. The address is the state; typing replaces its own entry in the history.
 */
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
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const { wait, cancel } = useTypingPause();
  const [isPending, startTransition] = useTransition();
  const isNarrowed = q !== "" || choices.some(({ value, defaultValue }) => value !== defaultValue);

  const go = (history: "push" | "replace") => {
    cancel();
    if (!form.current) return;
    const search = toSearch(new FormData(form.current), choices);
    if (search === new URLSearchParams(location.search).toString()) return;
    // Next's route type cannot follow a query made here.
    startTransition(() => router[history](`${path}?${search}` as "/", { scroll: false }));
  };
  return (
    <>
      <search>
        <form
          ref={form}
          action={path}
          method="get"
          onSubmit={(event) => {
            event.preventDefault();
            go("push");
          }}
          className="grid grid-cols-2 items-end gap-3 pb-3 md:flex"
        >
          <div className="col-span-2 md:flex-1">
            <SearchInput
              q={q}
              words={words}
              isBusy={isPending}
              onInput={() => wait(() => go("replace"))}
            />
          </div>
          {choices.map(({ name, label, value, options }) => (
            <div key={name} className="md:w-40">
              <Select label={label} name={name} value={value} onChange={() => go("push")}>
                {options.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </Select>
            </div>
          ))}
          <div className="col-span-2 flex gap-2">
            <Button type="submit">{words.apply}</Button>
            {isNarrowed && (
              <a href={path} className={buttonStyle({ variant: "quiet" })}>
                {words.clear}
              </a>
            )}
          </div>
        </form>
      </search>
      <div aria-busy={isPending} className={isPending ? "opacity-60" : ""}>
        {children}
      </div>
    </>
  );
}

/** It follows the address (back, clear), but never while that lags behind typing. */
function SearchInput({
  q,
  words,
  isBusy,
  onInput,
}: {
  q: string;
  words: Words;
  isBusy: boolean;
  onInput: () => void;
}) {
  const id = useId();
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
        onInput={onInput}
        className={`${CONTROL_STYLE} h-9`}
      />
    </div>
  );
}

function toSearch(form: FormData, choices: readonly FilterChoice[]): string {
  const params = new URLSearchParams();
  for (const [name, value] of form) {
    if (typeof value !== "string") continue;
    const usual = choices.find((choice) => choice.name === name)?.defaultValue ?? "";
    if (value.trim() !== usual) params.set(name, value.trim());
  }
  return params.toString();
}
