import { createHash } from "node:crypto";
import { type AuditEvent, hashEvent } from "./event.ts";
import { isPseudonymIn, type Pseudonymised, toPseudonymised } from "./pseudonym.ts";

/** What a `person.pseudonymised` attests: SHA-256, hex, over the lines of what it restated. */
export function digestRestated(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("")).digest("hex");
}

/** An entry as it is now, for the digest: the hash is by the rule of every entry. */
export function toRestatedLine(event: Omit<AuditEvent, "hash">): string {
  return `${event.seq} ${hashEvent(event)}\n`;
}

/** Sees that each restated entry is as a later entry attests, and that somebody in it is a pseudonym. */
export class RestatementCheck {
  readonly #restated = new Map<number, AuditEvent[]>();
  readonly #hasAll: boolean;
  /** By the entry that attests: whom it made a pseudonym, and those of the restatements it took over. */
  readonly #people = new Map<number, readonly Pseudonymised[]>();
  /** Entries whose restatement is not there: right when a later one took it over. */
  readonly #open = new Set<number>();
  /** The first restatement that differs, while some entries may merely be missing here. */
  #doubt: { seq: number; problem: string } | null = null;

  /** @param hasAll no entry before the first one taken is attested by one that will be */
  constructor(hasAll: boolean) {
    this.#hasAll = hasAll;
  }

  take(event: AuditEvent): string | null {
    const { seq, restatedBy, action } = event;
    if (restatedBy !== undefined) {
      if (restatedBy <= seq) return `Entry ${seq} was edited: nothing before it can restate it.`;
      const others = this.#restated.get(restatedBy) ?? [];
      others.push(event);
      this.#restated.set(restatedBy, others);
    }
    return action === "person.pseudonymised" ? this.#attest(event) : null;
  }

  #attest(event: AuditEvent): string | null {
    const { seq, after } = event;
    const earlier = String(after?.supersedes ?? "")
      .split(",")
      .map(Number);
    for (const one of earlier) this.#open.delete(one);
    const people = [
      toPseudonymised(event),
      ...earlier.flatMap((one) => this.#people.get(one) ?? []),
    ];
    this.#people.set(seq, people);
    const restated = this.#restated.get(seq) ?? [];
    this.#restated.delete(seq);
    const isAttested =
      after?.events === restated.length &&
      after.digest === digestRestated(restated.map(toRestatedLine));
    if (isAttested) return findStranger(restated, { by: seq, people });
    const [first] = restated;
    if (!first) {
      this.#open.add(seq);
      return null;
    }
    const problem = `Entry ${seq} attests other content than that of the ${restated.length} entries from ${first.seq} on that it restated: one of them was edited, added or removed.`;
    if (this.#hasAll) return problem;
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
    const [unattested] = this.#restated;
    if (!unattested) return null;
    const [by, [first]] = unattested;
    const seq = first?.seq ?? by;
    const problem = `Entry ${seq} was edited: it is said to be restated by entry ${by}, which attests nothing.`;
    return { seq, problem };
  }
}

/** An entry in which nobody became a pseudonym: then something else was changed in it. */
function findStranger(
  restated: readonly AuditEvent[],
  { by, people }: { by: number; people: readonly Pseudonymised[] },
): string | null {
  const stranger = restated.find((event) => !people.some((person) => isPseudonymIn(event, person)));
  if (!stranger) return null;
  return `Entry ${stranger.seq} was edited: entry ${by} is said to have made a person in it a pseudonym, and it names none.`;
}
