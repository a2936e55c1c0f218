/** What Excel and its kin make of long digits: `5.51191E+12`, with a comma in many countries. */
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$/i;
/** What pandas and its kin make of a column of integers with a gap: `106540352242922.0`. */
const DECIMAL = /^[+-]?\d+[.,]0+$/;

/**
 * Says what a spreadsheet or script did to a phone number or id, or null. Digits are lost in
 * it, so that nothing can be repaired here.
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
