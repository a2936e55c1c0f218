import { useLayoutEffect } from "react";

/** The element whose focus was passed on, until it is back. */
let passedFrom: string | null = null;

/**
 * What is done with an element may take it off the page, or hide it while the page is drawn anew; who
 * works by keyboard stays on the page then, and is back where they were once the element is.
 */
export function usePassFocusOn(id: string): void {
  useLayoutEffect(() => {
    if (passedFrom === id) takeFocusBack(id);
    return () => passFocusOn(id);
  }, [id]);
}

function passFocusOn(id: string): void {
  if (document.activeElement?.id !== id) return;
  passedFrom = id;
  setTimeout(() => {
    if (passedFrom === id) document.getElementById("content")?.focus({ preventScroll: true });
  });
}

/** Not from anything that got the focus meanwhile. */
function takeFocusBack(id: string): void {
  passedFrom = null;
  const { activeElement, body } = document;
  if (activeElement !== body && activeElement?.id !== "content") return;
  document.getElementById(id)?.focus({ preventScroll: true });
}
