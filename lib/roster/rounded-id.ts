/** Spreadsheets keep fifteen digits of a number, and write zeros for the rest. */
const DIGITS_KEPT = 15;

/** Whether an id is what a spreadsheet, or a program that keeps numbers as doubles, makes of another one. */
export function isRoundedBy(given: string, intact: string): boolean {
  if (given === intact || given.length !== intact.length || given.length <= DIGITS_KEPT)
    return false;
  return given === toRounded(intact) || toDoubles(intact).includes(given);
}

/** Whether an id could have come out of a spreadsheet's rounding. */
export function mayBeRounded(id: string): boolean {
  return id.length > DIGITS_KEPT && id === toRounded(id);
}

/** How many digits of an id a spreadsheet would lose. */
export function digitsAtRisk(id: string): number {
  return Math.max(0, id.length - DIGITS_KEPT);
}

/** A double's digits: all of them, or as few as tell it from others, and zeros. */
function toDoubles(id: string): string[] {
  const shortest = Number(id).toExponential().split("e")[0] ?? "";
  return [String(BigInt(Number(id))), shortest.replace(".", "").padEnd(id.length, "0")];
}

function toRounded(id: string): string {
  return id.slice(0, DIGITS_KEPT).padEnd(id.length, "0");
}
