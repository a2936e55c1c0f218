import { useEffect, useState } from "react";

/** As /runtimes/live answers it; `text` is empty while no runtime reports. */
export type LiveNote = { isSettled: boolean; text: string };

const EVERY_MS = 700;

/**
 * Where a change is live, asked until it is everywhere.
 *
 * @param onSettled the runtimes have it: what the page says of them is out of date
 */
export function useLiveNote(revision: number, onSettled: () => void): LiveNote | null {
  const [note, setNote] = useState<LiveNote | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leaving = new AbortController();
    const ask = async () => {
      const newNote = await fetchNote(revision, leaving.signal);
      if (leaving.signal.aborted) return;
      if (newNote) setNote(newNote);
      if (!newNote?.isSettled) timer = setTimeout(ask, EVERY_MS);
      else if (newNote.text !== "") onSettled();
    };
    void ask();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [revision, onSettled]);
  return note;
}

async function fetchNote(revision: number, signal: AbortSignal): Promise<LiveNote | null> {
  try {
    const response = await fetch(`/runtimes/live?revision=${revision}`, { signal });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
