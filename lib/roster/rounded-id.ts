/** Spreadsheets keep fifteen digits of a number, and write zeros for the rest. */
const DIGITS_KEPT = 15;

/** Whether an id is another one as rounded by a spreadsheet, or by a program that stores numbers as doubles. */
export function isRoundedBy(given: string, intact: string): boolean {
  if (given === intact || given.length !== intact.length || given.length <= DIGITS_KEPT)
    return false;
  return given === toRounded(intact) || toDoubles(intact).includes(given);
}

/** Whether a spreadsheet may have rounded this id. */
export function mayBeRounded(id: string): boolean {
  return id.length > DIGITS_KEPT && id === toRounded(id);
}

/** How many digits of an id a spreadsheet would lose. */
export function digitsAtRisk(id: string): number {
  return Math.max(0, id.length - DIGITS_KEPT);
}

/** How programs print an id stored as a double: all its digits, or the fewest that identify it, and zeros. */
function toDoubles(id: string): string[] {
  const shortest = Number(id).toExponential().split("e")[0] ?? "";
  return [String(BigInt(Number(id))), shortest.replace(".", "").padEnd(id.length, "0")];
}

function toRounded(id: string): string {
  return id.slice(0, DIGITS_KEPT).padEnd(id.length, "0");
}
