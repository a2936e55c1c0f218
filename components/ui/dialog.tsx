"use client";

import * as Radix from "@radix-ui/react-dialog";
import type { ReactNode, RefObject } from "react";
import { useNoToasts } from "./toasts.tsx";

declare global {
  /** The nonce that Radix's scroll lock gives its style element, so that the page's policy accepts it. */
  var __webpack_nonce__: string | undefined;
}

/**
 * A modal dialog. A click outside does not close it, since it may hold typed text; Escape does.
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
        <Radix.Overlay className="fixed inset-0 z-30 bg-backdrop" />
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
          className="fixed inset-x-0 top-0 z-30 mx-auto max-h-dvh w-full max-w-xl scroll-pb-20 overflow-y-auto border bg-background sm:top-[6dvh] sm:max-h-[88dvh] sm:rounded-control"
        >
          <div className="border-b px-4 py-3 sm:px-5">
            <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
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
