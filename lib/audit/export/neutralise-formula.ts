/** What makes a spreadsheet run a cell, also after blanks, and in East Asian width. */
const RUNS = /^[\s"']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/** A phone or another whole number is a value, and does nothing. */
const NUMBER = /^[+-]?[0-9]+$/;

/**
 * A value that a spreadsheet shows and does not run: with an apostrophe before what begins like a
 * formula (OWASP, "CSV Injection"). Phones such as +447700900123 stay as they are.
 */
export function neutraliseFormula(value: string): string {
  return RUNS.test(value) && !NUMBER.test(value) ? `'${value}` : value;
}
