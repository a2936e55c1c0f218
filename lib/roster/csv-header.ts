import { ROSTER_FIELDS } from "./roster-entry.ts";

const NAMES = Object.keys(ROSTER_FIELDS);
const REQUIRED = Object.entries(ROSTER_FIELDS).flatMap(([name, { isRequired }]) =>
  isRequired ? [name] : [],
);
const ALL_COLUMNS = `The columns are ${NAMES.join(", ")}.`;

/** What is wrong with one column of a header, or with all of it. */
export type HeaderProblem = { field?: string; problem: string; shown?: string };

/** The columns of a roster file, without empty ones at the end; spreadsheets add those. */
export function readHeader(cells: readonly string[]): {
  columns: string[];
  problems: HeaderProblem[];
} {
  const columns = withoutBlankEnd(cells.map((cell) => cell.trim()));
  // Most likely a row of a file without a header: one problem is clearer than one per cell.
  if (!columns.some(isLikeAName)) {
    const problem = `the first line has to name the columns, and names none of them. ${ALL_COLUMNS}`;
    return { columns, problems: [{ problem, shown: columns.join(" | ") }] };
  }
  const unknown = columns.filter((name) => !NAMES.includes(name));
  const repeated = NAMES.filter((name) => columns.filter((column) => column === name).length > 1);
  const missing = REQUIRED.filter((name) => !columns.includes(name));
  const problems = [
    ...unknown.map((name) => explainUnknown(name, columns.indexOf(name))),
    ...repeated.map((field) => ({ field, problem: "this column is there more than once." })),
    ...missing.map((field) => ({ field, problem: `this column is missing. ${ALL_COLUMNS}` })),
  ];
  return { columns, problems };
}

/** Drops blank cells at the end of a row. */
export function withoutBlankEnd(cells: readonly string[]): string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== "");
  return cells.slice(0, last + 1);
}

function explainUnknown(name: string, index: number): HeaderProblem {
  if (name === "") {
    return { field: `column ${index + 1}`, problem: "this column has no name in the header." };
  }
  const meant = NAMES.find((column) => simplify(column) === simplify(name));
  if (meant) return { field: name, problem: `this column is called ${meant}.` };
  return { field: name, problem: `a roster has no such column. ${ALL_COLUMNS}` };
}

function isLikeAName(cell: string): boolean {
  return NAMES.some((column) => simplify(column) === simplify(cell));
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, "");
}
