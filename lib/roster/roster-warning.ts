import type { InputIssue } from "../errors.ts";

/** Something strange about a roster that is no reason to refuse it: where, and what. */
export type RosterWarning = InputIssue;

/** The most warnings that are named one by one; of more, only how many. */
const MOST_WARNINGS = 100;

/** Gathers warnings without growing with the number of them. */
export class WarningList {
  readonly named: RosterWarning[] = [];
  count = 0;

  add(warning: RosterWarning): void {
    this.count += 1;
    if (this.named.length < MOST_WARNINGS) this.named.push(warning);
  }
}
