"use client";

import type { ReactNode } from "react";
import { FilterFrame } from "../ui/filter-frame.tsx";
import {
  type ListQuery,
  NumberFilterSelects,
  type NumberFilterWords,
  type Option,
} from "./number-filter-selects.tsx";
import { SearchBox, type SearchWords } from "./search-box.tsx";
import { toSearchParams } from "./to-search-params.ts";

/** The search and filters above the list. Going back once undoes a typed search. */
export function NumberFilters({
  query,
  accounts,
  managers,
  accountNote,
  words,
  children,
}: {
  query: ListQuery;
  accounts: readonly Option[];
  managers: readonly Option[];
  /** A hint for when not every account is listed. */
  accountNote: string | null;
  words: SearchWords & NumberFilterWords & { apply: string; clear: string; filters: string };
  children: ReactNode;
}) {
  return (
    <FilterFrame
      path="/numbers"
      toSearch={toSearchParams}
      isNarrowed={
        query.q !== "" ||
        query.account !== "" ||
        query.manager !== "" ||
        query.since !== "" ||
        query.mixed ||
        query.state !== "in-service"
      }
      words={words}
      search={({ go, isPending }) => (
        <div className="min-w-40 flex-1 rail:max-w-72">
          <SearchBox q={query.q} words={words} isBusy={isPending} onSearch={go} />
        </div>
      )}
      fields={({ go }) => (
        <>
          <NumberFilterSelects
            query={query}
            accounts={accounts}
            managers={managers}
            words={words}
            onChange={() => go()}
          />
          {accountNote !== null && <p className="basis-full text-meta text-muted">{accountNote}</p>}
        </>
      )}
    >
      {children}
    </FilterFrame>
  );
}
