"use client";

import type { ReactNode } from "react";
import { FilterFrame } from "../ui/filter-frame.tsx";
import {
  type AuditFilterWords,
  type FilterChoices,
  FilterFields,
  type FilterValues,
} from "./filter-fields.tsx";
import { type PresetLink, PresetLinks } from "./preset-links.tsx";
import { toAuditSearch } from "./to-audit-search.ts";

/** The filters above the entries. A choice applies at once, typed text on Enter or the button. */
export function AuditFilters({
  values,
  words,
  choices,
  timeZone,
  presets,
  children,
}: {
  values: FilterValues;
  words: AuditFilterWords & Record<"filters" | "presets" | "apply" | "clear", string>;
  choices: FilterChoices;
  /** The time zone of the fields. */
  timeZone: string;
  presets: readonly PresetLink[];
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
        <>
          <PresetLinks label={words.presets} links={presets} />
          <FilterFields values={values} words={words} choices={choices} onChoose={() => go()} />
        </>
      )}
    >
      {children}
    </FilterFrame>
  );
}
