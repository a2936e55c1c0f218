"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { CONTROL_STYLE } from "./control-style.ts";

/** A labelled native select: small, and at home on every device. It follows `value`, and keeps the focus. */
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
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      <select
        id={id}
        ref={select}
        name={name}
        defaultValue={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${CONTROL_STYLE} h-9`}
      >
        {children}
      </select>
    </div>
  );
}
