import { useCallback, useEffect, useState } from "react";
import { findRows, findTickAll } from "./tick-rows.ts";

/** The account that all selected rows belong to. */
export type SelectedAccount = { id: string; name: string };

/** What is selected: how many of the rows shown, and their account where it is the same. */
type Selected = { count: number; ofAll: number; account: SelectedAccount | null };

const NOTHING: Selected = { count: 0, ofAll: 0, account: null };

/** What is ticked, counted anew with each render: rows come and go with the page. Escape clears it. */
export function useSelection() {
  const [selected, setSelected] = useState(NOTHING);

  const count = useCallback(() => {
    const now = readSelected();
    const all = findTickAll();
    if (all) {
      all.checked = now.count > 0 && now.count === now.ofAll;
      all.indeterminate = now.count > 0 && now.count < now.ofAll;
    }
    setSelected((before) => (isSame(before, now) ? before : now));
  }, []);
  const clear = useCallback(() => {
    for (const row of findRows()) row.checked = false;
    count();
  }, [count]);

  useEffect(count);
  useEffect(() => {
    const onKeyDown = ({ key, defaultPrevented }: KeyboardEvent) => {
      const isLayered = document.querySelector("[role=dialog], :popover-open") !== null;
      if (key === "Escape" && !defaultPrevented && !isLayered) clear();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [clear]);

  return { selected, clear };
}

function readSelected(): Selected {
  const rows = findRows();
  const ticked = rows.filter(({ checked }) => checked);
  const [first, ...others] = ticked.map(toAccount);
  const isOne = first != null && others.every((account) => account?.id === first.id);
  return { count: ticked.length, ofAll: rows.length, account: isOne ? first : null };
}

function toAccount({
  dataset: { account, accountName },
}: HTMLInputElement): SelectedAccount | null {
  return account === undefined ? null : { id: account, name: accountName ?? "" };
}

function isSame(one: Selected, other: Selected): boolean {
  return (
    one.count === other.count && one.ofAll === other.ofAll && one.account?.id === other.account?.id
  );
}
