"use client";

import * as Radix from "@radix-ui/react-dialog";
import type { ReactNode, RefObject } from "react";
import { useNoToasts } from "./toasts.tsx";

declare global {
  /** The nonce that Radix's scroll lock gives its style element, so that the page's policy accepts it. */
  var __webpack_nonce__: string | undefined;
}

/**
 * A layer above the page, which keeps the focus until it is closed. Escape closes it, and so does a click
 * outside if `isLight`: not where it may hold typed text.
 *
 * @param returnFocusTo the element that gets the focus back, or its id
 */
export function Modal({
  onClose,
  returnFocusTo,
  initialFocus,
  isLight = false,
  style,
  children,
}: {
  onClose: () => void;
  returnFocusTo: string | Element | null;
  /** The element that gets the focus first; by default the first control. */
  initialFocus?: RefObject<HTMLElement | null> | undefined;
  isLight?: boolean;
  style: string;
  children: ReactNode;
}) {
  useNoToasts();
  globalThis.__webpack_nonce__ ??= document.querySelector("script")?.nonce;
  return (
    <Radix.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Radix.Content
          onInteractOutside={(event) => isLight || event.preventDefault()}
          onOpenAutoFocus={(event) => {
            if (!initialFocus) return;
            event.preventDefault();
            // Without scrolling: what is above should be read first.
            initialFocus.current?.focus({ preventScroll: true });
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const opener =
              typeof returnFocusTo === "string"
                ? document.getElementById(returnFocusTo)
                : returnFocusTo;
            if (opener instanceof HTMLElement) opener.focus();
          }}
          className={style}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
