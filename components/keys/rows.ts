import { ROW } from "./find-key.ts";

/** The row that had the focus last, by the id of what it shows. */
let lastId: string | null = null;

/** The row that has the focus. */
export function currentRow(): HTMLTableRowElement | null {
  return document.activeElement?.closest<HTMLTableRowElement>(ROW) ?? null;
}

/** The number whose row has the focus. */
export function currentNumberId(): string | null {
  return currentRow()?.dataset.liveId ?? null;
}

/** The row of a number, if the list shows it. */
export function findRow(id: string): HTMLTableRowElement | null {
  return document.querySelector(`${ROW}[data-live-id="${CSS.escape(id)}"]`);
}

/** Gives the next or the previous row the focus; the first one when none had it. */
export function moveRow(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLTableRowElement>(ROW)];
  const current = currentRow() ?? (lastId === null ? null : findRow(lastId));
  const index = current ? rows.indexOf(current) + step : 0;
  focusRow(rows[Math.max(0, Math.min(index, rows.length - 1))]);
}

/** Gives the focus back to the row that had it last. */
export function returnToRow(): void {
  if (lastId !== null) focusRow(findRow(lastId));
}

function focusRow(row: HTMLTableRowElement | null | undefined): void {
  if (!row) return;
  lastId = row.dataset.liveId ?? null;
  row.querySelector<HTMLElement>(":scope > th > a")?.focus();
}

/** Gives the page's search the focus, where it has one in view. */
export function focusSearch(): void {
  const fields = document.querySelectorAll<HTMLElement>(
    "main search :is(textarea, input[type=search], input[type=text], input:not([type]))",
  );
  [...fields].find((field) => field.checkVisibility())?.focus();
}

/** Hears which row has the focus, from now on. Returns a function that stops it. */
export function hearRow(hear: (id: string) => void): () => void {
  const onFocus = () => {
    const id = currentNumberId();
    if (id === null) return;
    lastId = id;
    hear(id);
  };
  onFocus();
  document.addEventListener("focusin", onFocus);
  return () => document.removeEventListener("focusin", onFocus);
}
