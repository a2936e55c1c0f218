"use client";

import { Toast } from "../ui/toast.tsx";
import type { FlagToast as FlagToastContent } from "./flag-change.ts";
import { useLiveNote } from "./use-live-note.ts";

/** What was done, and where it is live by now. */
export function FlagToast({
  toast,
  dismissName,
  onDismiss,
  onLive,
}: {
  toast: FlagToastContent | null;
  dismissName: string;
  onDismiss: () => void;
  /** The runtimes have the change. */
  onLive: () => void;
}) {
  const live = useLiveNote(toast?.revision ?? null, onLive);
  return (
    <Toast toast={toast} dismissName={dismissName} onDismiss={onDismiss}>
      {live && live.text !== "" && (
        // Read aloud once it is everywhere, not at each change of the waiting.
        <span aria-live={live.isSettled ? "polite" : "off"} className="block text-xs">
          {live.text}
        </span>
      )}
    </Toast>
  );
}
