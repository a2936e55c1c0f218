"use client";

import { useEffect, useId, useRef } from "react";

/** A field with its label inside the frame, that follows the address, but not while somebody is editing it. */
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
    <div className="flex min-h-8 min-w-0 items-center rounded-control border border-line-field bg-surface pl-2.5 focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus max-rail:min-h-11">
      <label htmlFor={id} className="shrink-0 text-muted">
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
        className="w-40 min-w-0 flex-1 self-stretch bg-transparent px-1.5 outline-none placeholder:text-muted"
      />
    </div>
  );
}
