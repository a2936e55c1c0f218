/** What a spreadsheet splits at, and not only at the comma: by its language, or as it guesses. */
const SEPARATORS = ";\\t\\r\\n\\v\\f\\u0085\\u2028\\u2029";

/** What makes it run a cell, also after blanks, quotes and invisible marks, and in other widths. */
const RUNS =
  "[\\s\\p{C}\"']*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20\\uFE62\\uFE63\\uFE66\\uFE6B\\u2212]";

/** Where a cell may begin that runs; a cell that begins with a separator counts as one, too. */
const BEGINS_FORMULA = new RegExp(`^(?=[${SEPARATORS}])|(?<=^|[${SEPARATORS}])(?=${RUNS})`, "gu");

/** A phone or another integer is a value, and does nothing. */
const NUMBER = /^[+-]?[0-9]+$/;

/**
 * A text that a spreadsheet shows and does not run: with an apostrophe wherever something may
 * begin that looks like a formula (OWASP, "CSV Injection"). The quotes around a text hold it
 * together only for a spreadsheet that splits at the comma; one that splits at the semicolon, as
 * in most of Europe and in Brazil, sees a cell begin within it. Phones such as +447700900123 stay
 * as they are.
 */
export function neutraliseFormula(value: string): string {
  return NUMBER.test(value) ? value : value.replaceAll(BEGINS_FORMULA, "'");
}
