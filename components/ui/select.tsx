import { type ReactNode, useId } from "react";
import { CONTROL_STYLE } from "./control-style.ts";

/** A labelled native select: small, and at home on every device. */
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
  onChange: () => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-xs text-muted">
        {label}
      </label>
      {/* The key makes it follow the address when that changes elsewhere, as on going back. */}
      <select
        key={value}
        id={id}
        name={name}
        defaultValue={value}
        onChange={onChange}
        className={`${CONTROL_STYLE} h-9`}
      >
        {children}
      </select>
    </div>
  );
}
