"use client";

import { type ReactNode, useEffect, useState } from "react";

const SHOWN_MS = 12_000;

/** What is said after an act, with a way back. */
export type ToastContent = {
  text: string;
  undo: { label: string; run: () => void } | null;
  /** The id of the element that gets the focus when a button here is pressed. */
  returnFocusTo: string;
};

/** Says what happened, aloud too, and offers the way back for a while; it waits under the pointer or the focus. */
export function Toast({
  toast,
  dismissName,
  onDismiss,
  children,
}: {
  toast: ToastContent | null;
  dismissName: string;
  onDismiss: () => void;
  /** Below the text. */
  children?: ReactNode;
}) {
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (!toast || isHeld) return;
    const timer = setTimeout(onDismiss, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, isHeld, onDismiss]);
  const press = (act: () => void) => () => {
    document.getElementById(toast?.returnFocusTo ?? "")?.focus();
    act();
  };
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-12 z-20 flex justify-center px-4"
    >
      {toast && (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while it is being read
        <div
          onPointerEnter={() => setIsHeld(true)}
          onPointerLeave={() => setIsHeld(false)}
          onFocus={() => setIsHeld(true)}
          onBlur={() => setIsHeld(false)}
          className="pointer-events-auto flex items-center gap-2 rounded-control bg-text py-1.5 pr-2 pl-4 text-background"
        >
          <p className="mr-2 wrap-anywhere">
            {toast.text}
            {children}
          </p>
          {toast.undo && <ToastButton name={toast.undo.label} onPress={press(toast.undo.run)} />}
          <ToastButton name={dismissName} onPress={press(onDismiss)} />
        </div>
      )}
    </div>
  );
}

function ToastButton({ name, onPress }: { name: string; onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="min-h-7 rounded-control px-2 font-medium underline underline-offset-4 focus-visible:outline-background"
    >
      {name}
    </button>
  );
}
