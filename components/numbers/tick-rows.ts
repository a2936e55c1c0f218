import { SELECTED_NUMBER, SELECTION_FORM } from "./selection-form.ts";

/** The rows' checkboxes. Ticks live in them alone. */
export function findRows(): HTMLInputElement[] {
  return [
    ...document.querySelectorAll<HTMLInputElement>(
      `[form=${SELECTION_FORM}][name=${SELECTED_NUMBER}]`,
    ),
  ];
}

/** The checkbox that stands for all rows. */
export function findTickAll(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>(`[form=${SELECTION_FORM}]:not([name])`);
}

let last: HTMLInputElement | null = null;

/**
 * Ticks what a click on a checkbox ticks besides: with Shift all up to the one clicked before, and the one
 * that stands for all every row.
 */
export function tickWith(clicked: HTMLInputElement, hasShift: boolean): void {
  const rows = findRows();
  if (clicked.name === "") {
    for (const row of rows) row.checked = clicked.checked;
    return;
  }
  const ends = [rows.indexOf(clicked), last ? rows.indexOf(last) : -1];
  if (hasShift && !ends.includes(-1)) {
    for (const row of rows.slice(Math.min(...ends), Math.max(...ends) + 1)) {
      row.checked = clicked.checked;
    }
  }
  last = clicked;
}
