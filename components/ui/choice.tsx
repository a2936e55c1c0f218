"use client";

import { useId } from "react";

/** A choice of a few visible options: native radio buttons in a row. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="text-meta text-muted">{label}</legend>
      <div className="flex flex-wrap gap-x-4 pt-1">
        {options.map((option) => (
          <label key={option.value} className="inline-flex min-h-8 items-center gap-1.5">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="size-4 accent-ink"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
