import type { LiveChange } from "#lib/live/to-events.ts";

/** What is called with each change, and with null when anything may have changed: one set for the document. */
export const liveListeners = new Set<(change: LiveChange | null) => void>();
