import type { ReactNode } from "react";

/** The foot of a dialog, always in view: the error, and the buttons. */
export function DialogFoot({ problem, children }: { problem?: ReactNode; children: ReactNode }) {
  return (
    <div className="sticky bottom-0 -mx-4 mt-auto flex flex-col gap-3 border-t bg-background px-4 py-3 sm:-mx-5 sm:px-5">
      {problem}
      <div className="flex flex-wrap justify-end gap-2">{children}</div>
    </div>
  );
}
