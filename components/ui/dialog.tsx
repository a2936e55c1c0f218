"use client";

import * as Radix from "@radix-ui/react-dialog";
import type { ReactNode, RefObject } from "react";
import { useNoToasts } from "./toasts.tsx";

declare global {
  /** The nonce that Radix's scroll lock gives its style element, so that the page's policy accepts it. */
  var __webpack_nonce__: string | undefined;
}

/**
 * A modal dialog: a sheet at the right, beside which the list stays readable. A click outside does not close it, since it may hold typed text; Escape does.
 *
 * @param returnFocusTo the id of the element that gets the focus back
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
  returnFocusTo: string;
  /** The element that gets the focus first; by default the first control. */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  children: ReactNode;
}) {
  useNoToasts();
  globalThis.__webpack_nonce__ ??= document.querySelector("script")?.nonce;
  return (
    <Radix.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Radix.Content
          onInteractOutside={(event) => event.preventDefault()}
          onOpenAutoFocus={(event) => {
            if (!initialFocus) return;
            event.preventDefault();
            // Without scrolling: what is above should be read first.
            initialFocus.current?.focus({ preventScroll: true });
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            document.getElementById(returnFocusTo)?.focus();
          }}
          className="fixed inset-y-0 right-0 z-30 flex w-full scroll-pt-20 scroll-pb-20 flex-col overflow-y-auto bg-raised shadow-raised sm:w-[30rem] sm:border-l sm:border-line-button"
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
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
