import { useEffect, useState } from "react";
import { fetchPageData } from "../page-data.ts";
import type { NumberPeek } from "./number-peek.ts";
import { findRow } from "./rows.ts";

/** Moving on to the next row within that time asks nothing. */
const PAUSE_MS = 100;

/** A number at a glance, read again when its row changes. Shows the one before until it is there. */
export function usePeek(phoneNumberId: string): { peek: NumberPeek | null; isFailed: boolean } {
  const [peek, setPeek] = useState<NumberPeek | null>(null);
  const [failedId, setFailedId] = useState<string | null>(null);
  useEffect(() => {
    let leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      clearTimeout(timer);
      leaving.abort();
    };
    const read = () => {
      stop();
      leaving = new AbortController();
      const { signal } = leaving;
      const ask = () =>
        fetchPageData(`/numbers/${phoneNumberId}/peek`, signal)
          .then((answer) => {
            setPeek(answer);
            setFailedId(null);
          })
          .catch(() => signal.aborted || setFailedId(phoneNumberId));
      timer = setTimeout(ask, PAUSE_MS);
    };
    read();
    const row = findRow(phoneNumberId);
    const watch = new MutationObserver(read);
    if (row) watch.observe(row, { subtree: true, childList: true, characterData: true });
    return () => {
      stop();
      watch.disconnect();
    };
  }, [phoneNumberId]);
  return { peek, isFailed: failedId === phoneNumberId };
}
