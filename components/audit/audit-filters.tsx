"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useRef, useTransition } from "react";
import { Button } from "../ui/button.tsx";
import { buttonStyle } from "../ui/button-style.ts";
import {
  type FilterChoices,
  FilterFields,
  type FilterValues,
  type FilterWords,
} from "./filter-fields.tsx";
import { toAuditSearch } from "./to-audit-search.ts";

/**
 * Filters over the entries they narrow: a plain GET form, which also works without script. The
 * address is the state. What is chosen works at once; what is typed, on Enter or the button.
 */
export function AuditFilters({
  values,
  words,
  choices,
  children,
}: {
  values: FilterValues;
  words: FilterWords & { filters: string; apply: string; clear: string };
  choices: FilterChoices;
  children: ReactNode;
}) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [isPending, startTransition] = useTransition();
  const isNarrowed = Object.values(values).some((value) => value !== "");

  const go = () => {
    if (!form.current) return;
    const search = toAuditSearch(new FormData(form.current)).toString();
    startTransition(() => router.push(`/audit?${search}`, { scroll: false }));
  };
  return (
    <>
      <search aria-label={words.filters}>
        <form
          ref={form}
          action="/audit"
          method="get"
          onSubmit={(event) => {
            event.preventDefault();
            go();
          }}
          className="grid grid-cols-2 items-end gap-3 pb-3 md:grid-cols-3 xl:grid-cols-5"
        >
          <FilterFields values={values} words={words} choices={choices} onChoose={go} />
          <div className="flex flex-wrap gap-2">
            <Button type="submit">{words.apply}</Button>
            {isNarrowed && (
              <a
                href="/audit"
                onClick={(event) => {
                  event.preventDefault();
                  form.current?.reset();
                  startTransition(() => router.push("/audit"));
                }}
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
