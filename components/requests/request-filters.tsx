"use client";

import type { ReactNode } from "react";
import type { FilterChoice } from "../ui/filter-form.tsx";
import { FilterFrame } from "../ui/filter-frame.tsx";
import { Select } from "../ui/select.tsx";

/** The choices above the list of requests, each of which applies as soon as it is changed. */
export function RequestFilters<Path extends string>({
  path,
  choices: { selects, words },
  children,
}: {
  path: Path;
  choices: {
    selects: readonly FilterChoice[];
    words: { apply: string; clear: string; filters: string };
  };
  children: ReactNode;
}) {
  const toSearch = (form: FormData) => {
    const set = selects.filter(({ name, defaultValue }) => form.get(name) !== defaultValue);
    return new URLSearchParams(set.map(({ name }) => [name, String(form.get(name))]));
  };
  return (
    <FilterFrame
      path={path}
      toSearch={toSearch}
      isNarrowed={selects.some(({ value, defaultValue }) => value !== defaultValue)}
      words={words}
      fields={({ go }) =>
        selects.map(({ name, label, value, options }) => (
          <Select key={name} label={label} name={name} value={value} onChange={() => go()}>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </Select>
        ))
      }
    >
      {children}
    </FilterFrame>
  );
}
