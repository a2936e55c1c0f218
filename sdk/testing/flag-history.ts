import { createHash } from "node:crypto";

type Change = { phoneNumberId: string; acceptsBsuid: boolean; revision: number };

/** The flags of a console and their history, with the contract's cursors. */
export class FlagHistory {
  #changes: Change[] = [];
  #base: string[] = [];
  /** Differs between timelines, so that the same revision then has another hash. */
  #salt = "";
  /** The salt applies from this revision on: timelines share what came before a restore. */
  #saltedFrom = 0;

  get revision(): number {
    return this.#changes.length;
  }

  get cursor(): string {
    return this.#cursorAt(this.revision);
  }

  get accepts(): string[] {
    const numbers = new Set(this.#base);
    for (const { phoneNumberId, acceptsBsuid } of this.#changes) {
      if (acceptsBsuid) numbers.add(phoneNumberId);
      else numbers.delete(phoneNumberId);
    }
    return [...numbers].sort();
  }

  /** Sets numbers that are on from the start, without changes. */
  begin(numbers: string[]): void {
    this.#base = numbers;
  }

  set(phoneNumberId: string, acceptsBsuid: boolean): void {
    this.#changes.push({ phoneNumberId, acceptsBsuid, revision: this.revision + 1 });
  }

  /** Restores an older backup: changes after `revision` are gone, and later ones are another timeline. */
  restore(revision: number): void {
    this.#changes = this.#changes.slice(0, revision);
    this.#salt += "restored ";
    this.#saltedFrom = revision + 1;
  }

  snapshot() {
    const { cursor, revision, accepts } = this;
    return { kind: "snapshot", cursor, revision, default: false, accepts };
  }

  /** A delta if the cursor is known, else a snapshot. */
  since(cursor: string | null) {
    const from = Number.parseInt(cursor ?? "", 10);
    const isKnown = from <= this.revision && this.#cursorAt(from) === cursor;
    if (!isKnown) return this.snapshot();
    const latest = new Map<string, Change>();
    for (const change of this.#changes.slice(from)) latest.set(change.phoneNumberId, change);
    const { cursor: now, revision } = this;
    return { kind: "delta", since: cursor, cursor: now, revision, changes: [...latest.values()] };
  }

  #cursorAt(revision: number): string {
    const salt = revision >= this.#saltedFrom ? this.#salt : "";
    const hash = createHash("sha256").update(`${salt}${revision}`).digest("hex");
    return `${revision}.${hash.slice(0, 8)}`;
  }
}
