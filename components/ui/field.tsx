import { type ReactNode, useId } from "react";

/** The attributes of the control inside a field, which tie it to its label, hint and error. */
export type ControlProps = { id: string; "aria-describedby": string; "aria-invalid": boolean };

/** A labelled control with a hint. An error replaces the hint without moving anything. */
export function Field({
  label,
  hint = "",
  error = null,
  aside,
  children,
}: {
  label: string;
  hint?: string;
  error?: string | null;
  /** Shown at the right of the label: a counter, a small action. */
  aside?: ReactNode;
  children: (control: ControlProps) => ReactNode;
}) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className="flex flex-col gap-1">
      <div className="flex min-h-6 items-center justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {aside}
      </div>
      {children({ id, "aria-describedby": noteId, "aria-invalid": error !== null })}
      <p id={noteId} className={error === null ? "text-meta text-muted" : "text-meta text-red"}>
        {error ?? hint}
      </p>
    </div>
  );
}
