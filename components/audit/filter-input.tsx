"use client";

import { useEffect, useId, useRef } from "react";
import { CONTROL_STYLE } from "../ui/control-style.ts";

/** A labelled field that follows the address, but not while somebody is editing it. */
export function FilterInput({
  label,
  name,
  value,
  type = "text",
  placeholder = "",
  describedBy,
}: {
  label: string;
  name: string;
  value: string;
  type?: "text" | "datetime-local";
  placeholder?: string;
  /** The id of the element that describes the field. */
  describedBy?: string;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const { current } = input;
    if (current && current !== document.activeElement) current.value = value;
  }, [value]);
  return (
    <div
      className="flex min-w-0 flex-col gap-1 data-wide:max-sm:col-span-2"
      data-wide={type === "datetime-local" || undefined}
    >
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      <input
        id={id}
        ref={input}
        name={name}
        type={type}
        defaultValue={value}
        placeholder={placeholder}
        aria-describedby={describedBy}
        autoComplete="off"
        spellCheck={false}
        className={`${CONTROL_STYLE} h-9`}
      />
    </div>
  );
}
