const FIELD =
  "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button])";

/** Whether keys write into an element. */
export function isTyping(element: Element | null): boolean {
  return element?.closest(FIELD) != null;
}
