"use client";

import type { ReactNode } from "react";
import { FilterFrame } from "../ui/filter-frame.tsx";
import {
  type AuditFilterWords,
  type FilterChoices,
  FilterFields,
  type FilterValues,
} from "./filter-fields.tsx";
import { toAuditSearch } from "./to-audit-search.ts";

/** The filters above the entries. A choice applies at once, typed text on Enter or the button. */
export function AuditFilters({
  values,
  words,
  choices,
  timeZone,
  children,
}: {
  values: FilterValues;
  words: AuditFilterWords & { filters: string; apply: string; clear: string };
  choices: FilterChoices;
  /** The time zone of the fields. */
  timeZone: string;
  children: ReactNode;
}) {
  return (
    <FilterFrame
      path="/audit"
      label={words.filters}
      toSearch={(form) => toAuditSearch(form, timeZone)}
      isNarrowed={Object.values(values).some((value) => value !== "")}
      words={words}
      appliesAtOnce={false}
      fields={({ go }) => (
        <FilterFields values={values} words={words} choices={choices} onChoose={() => go()} />
      )}
    >
      {children}
    </FilterFrame>
  );
}
