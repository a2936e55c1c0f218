/** Separators other than the comma at which a spreadsheet may split cells, by its locale or a guess. */
const SEPARATORS = ";\\t\\r\\n\\v\\f\\u0085\\u2028\\u2029";

/** What makes a spreadsheet run a cell, also after blanks, quotes and invisible marks, and in other widths. */
const RUNS =
  "[\\s\\p{C}\"']*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20\\uFE62\\uFE63\\uFE66\\uFE6B\\u2212]";

/** Where a cell that runs may begin; a value that begins with a separator counts, too. */
const BEGINS_FORMULA = new RegExp(`^(?=[${SEPARATORS}])|(?<=^|[${SEPARATORS}])(?=${RUNS})`, "gu");

/** A phone or another integer is harmless. */
const NUMBER = /^[+-]?[0-9]+$/;

/**
 * Puts an apostrophe wherever a formula may begin, so that a spreadsheet shows the text and does not
 * run it (OWASP, "CSV Injection"). Quotes do not help: where the semicolon separates, as in most of
 * Europe and in Brazil, a cell may begin inside them. Phones such as +447700900123 stay as they are.
 */
export function neutraliseFormula(value: string): string {
  return NUMBER.test(value) ? value : value.replaceAll(BEGINS_FORMULA, "'");
}
