"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";

/**
 * A native select with its label inside the frame, for a toolbar: small, and at home on every device. It
 * follows `value`, and keeps the focus.
 */
export function Select({
  label,
  name,
  value,
  onChange,
  children,
}: {
  label: string;
  name: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  const id = useId();
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    if (select.current) select.current.value = value;
  }, [value]);
  return (
    <div className="flex min-h-8 min-w-0 items-center rounded-control border border-line-field bg-surface pl-2.5 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus hover:bg-hover max-rail:min-h-11">
      <label htmlFor={id} className="shrink-0 text-muted">
        {label}
      </label>
      <select
        id={id}
        ref={select}
        name={name}
        defaultValue={value}
        onChange={(event) => onChange(event.target.value)}
        className="min-w-0 max-w-56 flex-1 self-stretch truncate rounded-control bg-transparent pr-1 pl-1.5 font-medium outline-none"
      >
        {children}
      </select>
    </div>
  );
}
