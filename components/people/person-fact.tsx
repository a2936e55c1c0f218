import type { ReactNode } from "react";

/** A row about a person: a name, its value, and the button that changes it. */
export function PersonFact({
  name,
  button,
  children,
}: {
  name: string;
  button?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b py-1.5">
      <dt className="w-28 shrink-0 text-muted">{name}</dt>
      <dd className="min-w-40 flex-1 wrap-anywhere">{children}</dd>
      {button && <dd>{button}</dd>}
    </div>
  );
}
