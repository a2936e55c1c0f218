"use client";

import { useLiveNote } from "../flags/use-live-note.ts";

const nothing = () => {};

/** How far a change is live, kept up to date until it is live everywhere. */
export function LiveProgress({
  revision,
  saved,
  initial,
}: {
  /** Of the last flag that the change changed. */
  revision: number;
  saved: string;
  /** Shown until the first answer, and where no runtime reports. */
  initial: string;
}) {
  const note = useLiveNote(revision, nothing);
  return <span>{note && note.text !== "" ? `${saved} · ${note.text}` : initial}</span>;
}
