"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useId, useRef, useState, useTransition } from "react";
import { Button } from "./button.tsx";
import { buttonStyle } from "./button-style.ts";
import { useConnection } from "./connection.tsx";

/** Navigates to the list for the form's values. Typing replaces its own entry in the history. */
export type Go = (history?: "push" | "replace") => void;

/**
 * Filters above a list, in a plain GET form that also works without scripts. The address is the state;
 * the list is dimmed while the next one loads.
 */
export function FilterFrame<Path extends string>({
  path,
  label,
  toSearch,
  isNarrowed,
  words,
  search,
  fields,
  appliesAtOnce = true,
  children,
}: {
  path: Path;
  /** Names the search on a page with more than one. */
  label?: string;
  /** Returns the address's query for the form's values. */
  toSearch: (form: FormData) => URLSearchParams;
  /** Whether any filter is set. */
  isNarrowed: boolean;
  words: { apply: string; clear: string; filters: string };
  /** The search, always in view. */
  search?: (state: { go: Go; isPending: boolean }) => ReactNode;
  /** The other fields, behind a button on a narrow screen. */
  fields: (state: { go: Go; isPending: boolean }) => ReactNode;
  /** Whether every field applies by itself, and the button is for browsers without scripts. */
  appliesAtOnce?: boolean;
  children: ReactNode;
}) {
  const fieldsId = useId();
  const [isOpen, setOpen] = useState(false);
  const router = useRouter();
  const { leave } = useConnection();
  const form = useRef<HTMLFormElement>(null);
  const [isPending, startTransition] = useTransition();

  const go: Go = (history = "push") => {
    if (!form.current) return;
    const search = toSearch(new FormData(form.current)).toString();
    if (search === new URLSearchParams(location.search).toString()) return;
    const href = `${path}?${search}`;
    void leave(href, () =>
      // Next's route type cannot express a query built here.
      startTransition(() => router[history](href as "/", { scroll: false })),
    );
  };
  return (
    <>
      <search aria-label={label}>
        <form
          ref={form}
          action={path}
          method="get"
          onSubmit={(event) => {
            event.preventDefault();
            go();
          }}
          className="bleed flex min-h-12 flex-wrap items-center gap-2 px-page py-2"
        >
          {search?.({ go, isPending })}
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={fieldsId}
            onClick={() => setOpen(!isOpen)}
            className={`${buttonStyle()} rail:hidden`}
          >
            {words.filters}
          </button>
          <div
            id={fieldsId}
            className={`flex flex-wrap items-center gap-2 rail:contents noscript:flex ${isOpen ? "" : "max-rail:hidden"}`}
          >
            {fields({ go, isPending })}
            <span className={appliesAtOnce ? "hidden noscript:inline" : ""}>
              <Button type="submit">{words.apply}</Button>
            </span>
            {isNarrowed && (
              <a
                href={path}
                onClick={() => form.current?.reset()}
                className={buttonStyle({ variant: "quiet" })}
              >
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
