/** How Excel and similar programs show long digits: `5.51191E+12`, with a comma in many countries. */
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$/i;
/** What pandas and similar programs make of a column of integers with an empty cell: `106540352242922.0`. */
const DECIMAL = /^[+-]?\d+[.,]0+$/;

/**
 * Finds how a spreadsheet or script damaged a phone number or id; null if it did not. Digits are
 * lost, so it cannot be repaired.
 */
export function findSpreadsheetDamage(text: string): string | null {
  const value = text.trim();
  if (SCIENTIFIC.test(value)) {
    return "a spreadsheet turned this number into scientific notation; format the column as text and export again.";
  }
  if (DECIMAL.test(value)) {
    return "a program turned this number into a decimal; keep the column as text and export again.";
  }
  return null;
}
