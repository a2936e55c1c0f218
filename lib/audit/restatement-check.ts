import { createHash } from "node:crypto";
import { type AuditEvent, hashEvent } from "./event.ts";

/** By the entry that restated them: `SEQ HASH` of each restated entry as it is now, in order. */
export type Restatements = ReadonlyMap<number, readonly string[]>;

/** What a `person.pseudonymised` attests: SHA-256, hex, over the lines of what it restated. */
export function digestRestated(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("")).digest("hex");
}

/** An entry as it is now, for the digest: the hash is by the rule of every entry. */
export function toRestatedLine(event: Omit<AuditEvent, "hash">): string {
  return `${event.seq} ${hashEvent(event)}\n`;
}

export function collectRestated(events: readonly AuditEvent[]): Map<number, string[]> {
  const lines = new Map<number, string[]>();
  for (const event of events) {
    if (event.restatedBy === undefined) continue;
    const told = lines.get(event.restatedBy) ?? [];
    told.push(toRestatedLine(event));
    lines.set(event.restatedBy, told);
  }
  return lines;
}

/** Sees that each restated entry is as a later entry attests. */
export class RestatementCheck {
  readonly #lines: Map<number, string[]>;
  readonly #isWhole: boolean;
  /** Entries whose restatement is not there: right when a later one took it over. */
  readonly #open = new Set<number>();
  /** The first restatement that differs, while some entries may merely be missing here. */
  #doubt: { seq: number; problem: string } | null = null;

  /** @param before of the entries before the first one taken; null when nothing is known of them */
  constructor(before: Restatements | null) {
    this.#lines = new Map([...(before ?? [])].map(([by, lines]) => [by, [...lines]]));
    this.#isWhole = before !== null;
  }

  take(event: AuditEvent): string | null {
    const { seq, restatedBy, action } = event;
    if (restatedBy !== undefined) {
      if (restatedBy <= seq) return `Entry ${seq} was edited: nothing before it can restate it.`;
      const told = this.#lines.get(restatedBy) ?? [];
      told.push(toRestatedLine(event));
      this.#lines.set(restatedBy, told);
    }
    return action === "person.pseudonymised" ? this.#attest(event) : null;
  }

  #attest({ seq, after }: AuditEvent): string | null {
    for (const earlier of String(after?.supersedes ?? "").split(","))
      this.#open.delete(Number(earlier));
    const lines = this.#lines.get(seq) ?? [];
    this.#lines.delete(seq);
    if (after?.events === lines.length && after.digest === digestRestated(lines)) return null;
    if (lines.length === 0) {
      this.#open.add(seq);
      return null;
    }
    const [first = ""] = lines;
    const problem = `Entry ${seq} attests other content than that of the ${lines.length} entries from ${first.split(" ")[0]} on that it restated: one of them was edited, added or removed.`;
    if (this.#isWhole) return problem;
    this.#doubt ??= { seq, problem };
    return null;
  }

  /** For a trail that lacks nothing: what was restated before it left together with what attests it. */
  findFaultAtEnd(): { seq: number; problem: string } | null {
    if (this.#doubt) return this.#doubt;
    const [missing] = this.#open;
    if (missing !== undefined) {
      return { seq: missing, problem: `What entry ${missing} restated is not there.` };
    }
    const [by] = this.#lines.keys();
    if (by === undefined) return null;
    const seq = Number(this.#lines.get(by)?.[0]?.split(" ")[0]);
    const problem = `Entry ${seq} was edited: it is said to be restated by entry ${by}, which attests nothing.`;
    return { seq, problem };
  }
}
