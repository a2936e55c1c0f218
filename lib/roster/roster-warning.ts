import type { InputIssue } from "../errors.ts";

/** Something suspicious about a roster, but no reason to refuse it: where, and what. */
export type RosterWarning = InputIssue;

/** The most warnings that are listed; further ones are only counted. */
const MAX_WARNINGS = 100;

/** Collects warnings in bounded memory. */
export class WarningList {
  readonly named: RosterWarning[] = [];
  count = 0;

  add(warning: RosterWarning): void {
    this.count += 1;
    if (this.named.length < MAX_WARNINGS) this.named.push(warning);
  }
}
