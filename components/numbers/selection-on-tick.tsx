"use client";

import { type ComponentProps, lazy, Suspense, useEffect, useState } from "react";
import type { SelectionBar } from "./selection-bar.tsx";
import { SELECTION_FORM } from "./selection-form.ts";

const Bar = lazy(async () => ({ default: (await import("./selection-bar.tsx")).SelectionBar }));

/** Ticks rows, several at a time, and loads the bar of selected numbers once one is ticked. */
export function SelectionOnTick(props: Omit<ComponentProps<typeof SelectionBar>, "ticks">) {
  const [ticks, setTicks] = useState(0);
  useEffect(() => {
    const onClick = async (event: MouseEvent) => {
      const { target } = event;
      if (!(target instanceof HTMLInputElement)) return;
      if (target.getAttribute("form") !== SELECTION_FORM) return;
      (await import("./tick-rows.ts")).tickWith(target, event.shiftKey);
      setTicks((count) => count + 1);
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, []);
  if (ticks === 0) return null;
  return (
    <Suspense>
      <Bar {...props} ticks={ticks} />
    </Suspense>
  );
}
