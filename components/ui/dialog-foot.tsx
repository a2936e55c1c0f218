import type { ReactNode } from "react";

/** The foot of a dialog, always in view: the error, and the buttons. */
export function DialogFoot({ problem, children }: { problem?: ReactNode; children: ReactNode }) {
  return (
    <div className="bleed sticky bottom-0 mt-auto flex flex-col gap-3 border-t bg-raised px-page py-3">
      {problem}
      <div className="flex flex-wrap justify-end gap-2">{children}</div>
    </div>
  );
}
