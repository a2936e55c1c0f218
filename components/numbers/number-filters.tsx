"use client";

import type { ReactNode } from "react";
import { FilterFrame } from "../ui/filter-frame.tsx";
import {
  type ListQuery,
  NumberFilterSelects,
  type NumberFilterWords,
} from "./number-filter-selects.tsx";
import { SearchBox, type SearchWords } from "./search-box.tsx";
import { toSearchParams } from "./to-search-params.ts";

/** The search and filters above the list. Going back once undoes a typed search. */
export function NumberFilters({
  query,
  accounts,
  accountNote,
  words,
  children,
}: {
  query: ListQuery;
  accounts: { id: string; name: string }[];
  /** A hint for when not every account is listed. */
  accountNote: string | null;
  words: SearchWords & NumberFilterWords & { apply: string; clear: string };
  children: ReactNode;
}) {
  return (
    <FilterFrame
      path="/numbers"
      toSearch={toSearchParams}
      isNarrowed={query.q !== "" || query.account !== "" || query.state !== "in-service"}
      words={words}
      styles={{
        form: "grid grid-cols-2 items-end gap-3 pb-3 sm:grid-cols-3 lg:grid-cols-[1fr_10rem_14rem_10rem_9.5rem] lg:items-start",
        buttons: "flex flex-wrap gap-2 sm:col-span-3 lg:col-span-1 lg:pt-[1.375rem]",
      }}
      fields={({ go, isPending }) => (
        <>
          <div className="col-span-2 sm:col-span-3 lg:col-span-1">
            <SearchBox q={query.q} words={words} isBusy={isPending} onSearch={go} />
          </div>
          <NumberFilterSelects
            query={query}
            accounts={accounts}
            words={words}
            onChange={() => go()}
          />
          {accountNote !== null && (
            <p className="col-span-full text-xs text-muted">{accountNote}</p>
          )}
        </>
      )}
    >
      {children}
    </FilterFrame>
  );
}
