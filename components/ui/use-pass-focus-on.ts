import { useLayoutEffect } from "react";

/** The id of the element whose focus was passed on, until it gets it back. */
let passedFrom: string | null = null;

/**
 * Keeps keyboard users' place: when an action removes the focused element or a redraw hides it, the focus
 * moves to the page, and back once the element is there again.
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

/** Does not take the focus from an element that got it meanwhile. */
function takeFocusBack(id: string): void {
  passedFrom = null;
  const { activeElement, body } = document;
  if (activeElement !== body && activeElement?.id !== "content") return;
  document.getElementById(id)?.focus({ preventScroll: true });
}
