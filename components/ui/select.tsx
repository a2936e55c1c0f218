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
    <div className="chip">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        ref={select}
        name={name}
        defaultValue={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {children}
      </select>
    </div>
  );
}
