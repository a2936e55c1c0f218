/** How long a row is marked; app/globals.css fades it in that time. */
const MARKED_MS = 4_000;

const REFRESHED_AFTER_MS = [0, 400, 1_200];

/** The attribute of a row with the id of what it shows. */
const ROW = "data-live-id";

export function isShown(id: string): boolean {
  return findRows(id).length > 0;
}

/** Marks the rows of what a colleague has just changed, also those that a refresh is about to bring. */
export function markRows(ids: readonly string[]): void {
  const marked = new Set<Element>();
  for (const afterMs of REFRESHED_AFTER_MS) {
    setTimeout(() => {
      for (const row of ids.flatMap(findRows).filter((found) => !marked.has(found))) {
        marked.add(row);
        row.setAttribute("data-fresh", "");
        setTimeout(() => row.removeAttribute("data-fresh"), MARKED_MS);
      }
    }, afterMs);
  }
}

function findRows(id: string): Element[] {
  return [...document.querySelectorAll(`[${ROW}="${CSS.escape(id)}"]`)];
}
