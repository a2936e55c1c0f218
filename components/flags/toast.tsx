"use client";

import { useEffect, useState } from "react";
import type { FlagToast } from "./flag-change.ts";
import { useLiveNote } from "./use-live-note.ts";

const SHOWN_MS = 12_000;

/** Says what happened, aloud too, and where it is live by now, offers the way back for a while; it waits under the pointer or the focus. */
export function Toast({
  toast,
  dismissName,
  onDismiss,
  onLive,
}: {
  toast: FlagToast | null;
  dismissName: string;
  onDismiss: () => void;
  /** The runtimes have the change. */
  onLive: () => void;
}) {
  const [isHeld, setIsHeld] = useState(false);
  const live = useLiveNote(toast?.revision ?? null, onLive);
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
            {live && live.text !== "" && (
              // Read aloud once it is everywhere, not at each change of the waiting.
              <span aria-live={live.isSettled ? "polite" : "off"} className="block text-xs">
                {live.text}
              </span>
            )}
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
