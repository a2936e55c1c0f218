"use client";

import { useConnection } from "../ui/connection.tsx";
import { useLiveNote } from "./use-live-note.ts";

/** Where a change is live by now. Once it is everywhere, what the page says of the runtimes is brought up to date. */
export function LiveProgress({ revision }: { revision: number }) {
  const { refresh } = useConnection();
  const live = useLiveNote(revision, refresh);
  if (!live || live.text === "") return null;
  return (
    // Read aloud once it is everywhere, not at each change of the waiting.
    <span aria-live={live.isSettled ? "polite" : "off"} className="block text-xs">
      {live.text}
    </span>
  );
}
