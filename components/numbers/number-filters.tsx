"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useRef, useTransition } from "react";
import { Button } from "../ui/button.tsx";
import { buttonStyle } from "../ui/button-style.ts";
import { Select } from "../ui/select.tsx";
import { NUMBER_STATES, type NumberState } from "./number-state.ts";
import { SearchBox } from "./search-box.tsx";
import { toSearchParams } from "./to-search-params.ts";

type Sort = "label" | "account" | "changed";

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
  query: { q: string; state: NumberState; account: string; sort: Sort };
  accounts: { id: string; name: string }[];
  words: {
    title: string;
    search: string;
    searchPlaceholder: string;
    searchHint: string;
    apply: string;
    clear: string;
    searching: string;
    state: string;
    states: Record<NumberState, string>;
    account: string;
    anyAccount: string;
    sort: string;
    sorts: Record<Sort, string>;
  };
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
          className="grid grid-cols-2 items-end gap-3 pb-3 sm:grid-cols-3 lg:items-start lg:grid-cols-[1fr_10rem_14rem_10rem_9.5rem]"
        >
          <div className="col-span-2 sm:col-span-3 lg:col-span-1">
            <SearchBox
              q={query.q}
              label={words.search}
              placeholder={words.searchPlaceholder}
              hint={words.searchHint}
              isBusy={isPending}
              onSearch={go}
            />
          </div>
          <Select label={words.state} name="state" value={query.state} onChange={() => go()}>
            {NUMBER_STATES.map((state) => (
              <option key={state} value={state}>
                {words.states[state]}
              </option>
            ))}
          </Select>
          <Select label={words.account} name="account" value={query.account} onChange={() => go()}>
            <option value="">{words.anyAccount}</option>
            {accounts.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <Select label={words.sort} name="sort" value={query.sort} onChange={() => go()}>
            <option value="label">{words.sorts.label}</option>
            <option value="account">{words.sorts.account}</option>
            <option value="changed">{words.sorts.changed}</option>
          </Select>
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
