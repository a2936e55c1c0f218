"use client";

import * as Radix from "@radix-ui/react-dialog";
import type { ReactNode, RefObject } from "react";
import { Modal } from "./modal.tsx";

/**
 * A modal dialog: a sheet at the right, beside which the list stays readable. A click outside does not close it, since it may hold typed text; Escape does.
 *
 * @param returnFocusTo the element that gets the focus back, or its id
 */
export function Dialog({
  title,
  description,
  onClose,
  returnFocusTo,
  initialFocus,
  children,
}: {
  title: string;
  description: ReactNode;
  onClose: () => void;
  returnFocusTo: string | Element | null;
  /** The element that gets the focus first; by default the first control. */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  children: ReactNode;
}) {
  return (
    <Modal
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      initialFocus={initialFocus}
      style="fixed inset-y-0 right-0 z-30 flex w-full scroll-pt-20 scroll-pb-20 flex-col overflow-y-auto bg-raised shadow-raised sm:w-[30rem] sm:border-l sm:border-line-button"
    >
      <div className="sticky top-0 z-10 min-h-14 shrink-0 border-b bg-raised px-page py-2.5">
        <Radix.Title className="text-title font-semibold tracking-tight wrap-anywhere">
          {title}
        </Radix.Title>
        <Radix.Description asChild>
          <div className="wrap-anywhere text-muted">{description}</div>
        </Radix.Description>
      </div>
      {children}
    </Modal>
  );
}
