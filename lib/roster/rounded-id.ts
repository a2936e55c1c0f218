/** Spreadsheets keep fifteen digits of a number, and write zeros for the rest. */
const DIGITS_KEPT = 15;

/** Whether an id is what a spreadsheet makes of another one. */
export function isRoundedBy(given: string, intact: string): boolean {
  return given !== intact && mayBeRounded(given) && given === toRounded(intact);
}

/** Whether an id could have come out of a spreadsheet's rounding. */
export function mayBeRounded(id: string): boolean {
  return id.length > DIGITS_KEPT && id === toRounded(id);
}

/** How many digits of an id a spreadsheet would lose. */
export function digitsAtRisk(id: string): number {
  return Math.max(0, id.length - DIGITS_KEPT);
}

function toRounded(id: string): string {
  return id.slice(0, DIGITS_KEPT).padEnd(id.length, "0");
}
