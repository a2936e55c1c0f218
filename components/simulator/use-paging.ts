import { useState } from "react";

const AT_ONCE = 20;

/** The first items of a list that may have thousands, and more on demand. */
export function usePaging<Item>(items: readonly Item[]) {
  const [most, setMost] = useState(AT_ONCE);
  const hidden = Math.max(0, items.length - most);
  return {
    shown: items.slice(0, most),
    total: items.length,
    /** The number of items that `showMore` adds; 0 when all are shown. */
    next: Math.min(AT_ONCE, hidden),
    showMore: () => setMost(most + AT_ONCE),
  };
}
