import { useEffect, useState } from "react";
import { fetchPageData, type LiveNote } from "../page-data.ts";

const EVERY_MS = 700;

/**
 * Where a change is live, polled until it is live everywhere.
 *
 * @param onSettled called once the runtimes have it, when what the page says about them is out of date
 */
export function useLiveNote(revision: number, onSettled: () => void): LiveNote | null {
  const [note, setNote] = useState<LiveNote | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leaving = new AbortController();
    const ask = async () => {
      const path = `/runtimes/live?revision=${revision}` as const;
      const newNote = await fetchPageData(path, leaving.signal).catch(() => null);
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
