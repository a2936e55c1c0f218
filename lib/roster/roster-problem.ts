import { AppError, type InputIssue } from "../errors.ts";
import { showInvisible } from "../name-text.ts";

/** One problem of a roster: where, in which field, with which value, and why it is refused. */
export type RosterProblem = {
  /** "line 17" of a file, "[16]" of a JSON array. */
  at: string;
  field: string | null;
  /** The given value, shortened; null where there is nothing to show. */
  value: string | null;
  why: string;
};

/** The most problems that are listed; further ones are only counted. */
export const MAX_PROBLEMS = 1_000;

const MAX_SHOWN = 80;

/** A roster that cannot be imported; nothing of it was. */
export class RefusedRoster extends AppError {
  override name = "RefusedRoster";
  readonly problems: readonly RosterProblem[];
  /** How many problems are not in `problems`. */
  readonly unnamedCount: number;

  constructor(problems: readonly RosterProblem[], unnamedCount: number) {
    const count = problems.length + unnamedCount;
    const issues = problems.map(toIssue);
    if (unnamedCount > 0) {
      issues.push({ path: "", message: `${unnamedCount} more problems are not listed.` });
    }
    const [what, them] = count === 1 ? ["1 problem", "it"] : [`${count} problems`, "them"];
    const first = issues[0] ? ` ${issues[0].path}: ${issues[0].message}` : "";
    super(
      "INVALID_INPUT",
      `Nothing was imported: ${what}. Correct ${them} and import the whole roster again. First${first}`,
      issues,
    );
    this.problems = problems;
    this.unnamedCount = unnamedCount;
  }
}

/** Collects problems in bounded memory. */
export class ProblemList {
  readonly #named: RosterProblem[] = [];
  #count = 0;

  add(problem: RosterProblem): void {
    this.#count += 1;
    if (this.#named.length < MAX_PROBLEMS) this.#named.push(problem);
  }

  /** @throws RefusedRoster when there is any problem */
  throwIfAny(): void {
    if (this.#count === 0) return;
    throw new RefusedRoster(this.#named, this.#count - this.#named.length);
  }
}

/** A value for an error message, shortened; null when there is none. */
export function toShown(value: unknown): string | null {
  if (value === undefined) return null;
  const given = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  const text = showInvisible(given.slice(0, 2 * MAX_SHOWN + 1));
  const characters = [...text];
  if (characters.length <= MAX_SHOWN) return text;
  return `${characters.slice(0, MAX_SHOWN).join("")}…`;
}

function toIssue({ at, field, value, why }: RosterProblem): InputIssue {
  return {
    path: field === null ? at : `${at}: ${field}`,
    message: value === null ? why : `"${value}": ${why}`,
  };
}
