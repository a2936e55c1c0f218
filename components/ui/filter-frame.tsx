"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useRef, useTransition } from "react";
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
  fields,
  children,
}: {
  path: Path;
  /** Names the search on a page with more than one. */
  label?: string;
  /** Returns the address's query for the form's values. */
  toSearch: (form: FormData) => URLSearchParams;
  /** Whether any filter is set. */
  isNarrowed: boolean;
  words: { apply: string; clear: string };
  fields: (state: { go: Go; isPending: boolean }) => ReactNode;
  children: ReactNode;
}) {
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
          {fields({ go, isPending })}
          <div className="flex gap-2">
            <Button type="submit">{words.apply}</Button>
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
