"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useRef, useTransition } from "react";
import { Button } from "../ui/button.tsx";
import { buttonStyle } from "../ui/button-style.ts";
import { FilterSelects, type FilterWords } from "./filter-selects.tsx";
import type { NumberState } from "./number-state.ts";
import { SearchBox, type SearchWords } from "./search-box.tsx";
import { toSearchParams } from "./to-search-params.ts";

export type ListQuery = {
  q: string;
  state: NumberState;
  account: string;
  sort: "label" | "account" | "changed" | "loss";
};

/**
 * Search and filters over the list they narrow: a plain GET form, which also works without
 * script. The address is the state; typing replaces its own entry in the history, so that one
 * step back leaves the search.
 */
export function NumberFilters({
  query,
  accounts,
  words,
  children,
}: {
  query: ListQuery;
  accounts: { id: string; name: string }[];
  words: SearchWords & FilterWords & { apply: string; clear: string };
  children: ReactNode;
}) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [isPending, startTransition] = useTransition();
  const isNarrowed = query.q !== "" || query.account !== "" || query.state !== "in-service";

  const go = (history: "push" | "replace" = "push") => {
    if (!form.current) return;
    const search = toSearchParams(new FormData(form.current)).toString();
    if (search === new URLSearchParams(location.search).toString()) return;
    startTransition(() => router[history](`/numbers?${search}`, { scroll: false }));
  };
  return (
    <>
      <search>
        <form
          ref={form}
          action="/numbers"
          method="get"
          onSubmit={(event) => {
            event.preventDefault();
            go();
          }}
          className="grid grid-cols-2 items-end gap-3 pb-3 sm:grid-cols-3 lg:grid-cols-[1fr_10rem_14rem_10rem_9.5rem] lg:items-start"
        >
          <div className="col-span-2 sm:col-span-3 lg:col-span-1">
            <SearchBox q={query.q} words={words} isBusy={isPending} onSearch={go} />
          </div>
          <FilterSelects query={query} accounts={accounts} words={words} onChange={() => go()} />
          <div className="flex flex-wrap gap-2 sm:col-span-3 lg:col-span-1 lg:pt-[1.375rem]">
            <Button type="submit">{words.apply}</Button>
            {isNarrowed && (
              <a
                href="/numbers"
                onClick={(event) => {
                  event.preventDefault();
                  startTransition(() => router.push("/numbers"));
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
