import type { ReactNode } from "react";

/** The frame of one item of a payload or a request: what and where it is, the decision, and why. */
export function EntryFrame({
  kind,
  name,
  place,
  aside,
  isProblem = false,
  children,
}: {
  kind: string;
  /** The message's id, to tell it from other messages. */
  name: string | null;
  /** The number, and the position in the text. */
  place: ReactNode;
  aside?: ReactNode;
  isProblem?: boolean;
  children: ReactNode;
}) {
  return (
    <li
      className={`flex flex-col gap-1 rounded-control border p-3 ${isProblem ? "border-amber-line bg-amber-tint" : ""}`}
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-medium wrap-anywhere">
          {kind} {name && <span className="font-mono text-meta">{name}</span>}
        </h3>
        {aside && <p className="flex flex-wrap items-center gap-x-3">{aside}</p>}
      </div>
      {place && <p className="text-meta wrap-anywhere text-muted">{place}</p>}
      {children}
    </li>
  );
}
