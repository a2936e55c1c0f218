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
    <div className="chip">
      <label htmlFor={id}>{label}</label>
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
      />
    </div>
  );
}
