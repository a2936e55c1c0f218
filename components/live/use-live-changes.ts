import { useEffect, useEffectEvent } from "react";
import type { LiveChange } from "#lib/live/to-events.ts";
import { liveListeners } from "./live-listeners.ts";

/**
 * Calls the listener with what changes elsewhere while the component is mounted, and with null when anything
 * may have changed.
 */
export function useLiveChanges(listener: (change: LiveChange | null) => void): void {
  const hear = useEffectEvent(listener);
  useEffect(() => {
    const call = (change: LiveChange | null) => hear(change);
    liveListeners.add(call);
    return () => {
      liveListeners.delete(call);
    };
  }, []);
}
