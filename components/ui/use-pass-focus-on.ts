import { useLayoutEffect } from "react";

/** What is done with an element may take it off the page; who works by keyboard stays on the page then. */
export function usePassFocusOn(id: string): void {
  useLayoutEffect(() => () => passFocusOn(id), [id]);
}

function passFocusOn(id: string): void {
  if (document.activeElement?.id !== id) return;
  setTimeout(() => document.getElementById("content")?.focus({ preventScroll: true }));
}
