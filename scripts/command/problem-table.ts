import type { RefusedRoster, RosterProblem } from "#lib/roster/roster-problem.ts";

const HEADINGS = { at: "line", field: "column", value: "value", why: "why" };
const WIDEST_CELL = 40;

/** The problems of a refused roster as a table: line, column, value, why. */
export function toProblemTable({ problems, unnamedCount }: RefusedRoster): string {
  const rows = [HEADINGS, ...problems.map(toCells)];
  const width = (name: "at" | "field" | "value") =>
    Math.max(...rows.map((row) => [...row[name]].length));
  const widths = { at: width("at"), field: width("field"), value: width("value") };
  const lines = rows.map(({ at, field, value, why }) =>
    [pad(at, widths.at), pad(field, widths.field), pad(value, widths.value), why].join("  "),
  );
  const rest =
    unnamedCount > 0 ? [`… and ${unnamedCount.toLocaleString("en")} more problems.`] : [];
  return [...lines, ...rest].join("\n");
}

function toCells({ at, field, value, why }: RosterProblem): typeof HEADINGS {
  return { at: at.replace(/^line /, ""), field: field ?? "", value: toCell(value ?? ""), why };
}

/** A value on one line, whatever the file contains. */
function toCell(value: string): string {
  const characters = [...value.replace(/[\s\p{Cc}]+/gu, " ")];
  if (characters.length <= WIDEST_CELL) return characters.join("");
  return `${characters.slice(0, WIDEST_CELL - 1).join("")}…`;
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - [...text].length));
}
