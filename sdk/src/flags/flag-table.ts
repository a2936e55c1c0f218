import type { FlagChange, FlagsChanged } from "../flag-client-events.ts";
import { AcceptingNumbers } from "./accepting-numbers.ts";
import type { DeltaMessage, FlagMessage, SnapshotMessage } from "./flag-message.ts";

/** The position of the flags in the console's timeline. */
export type Position = { cursor: string; revision: number; appliedAt: Date };

/**
 * How far to believe a message that would take the revision back:
 * `normal` by default, `behind` when its sender said (`Age`) that it has lost its database,
 * `confirmed` when it was asked for again after a while.
 */
export type Trust = "normal" | "behind" | "confirmed";

export type Offer =
  | { outcome: "applied"; change: FlagsChanged }
  /** Nothing new: it has the current cursor, or is a delta that was applied already. */
  | { outcome: "unchanged" }
  /** A delta from another cursor than the current one: only a snapshot helps. */
  | { outcome: "mismatched" }
  /** A snapshot with a lower revision: a restored database, or a server that lags. Ask again to find out. */
  | { outcome: "doubtful" };

/**
 * The flags, and the rule by which they move.
 *
 * A delta applies only on top of its own `since`. A snapshot with a higher revision always applies.
 * One with the same revision and another cursor proves a restored database, since a timeline has one
 * cursor for each revision: it applies, as a reset. One with a lower revision is either a restore or the
 * answer of an instance that lags, which ends within a second or is declared by `Age`. So it is
 * doubtful until a snapshot that was asked for later (`confirmed`) has it, too.
 */
export class FlagTable {
  #numbers = new AcceptingNumbers();
  #position: Position | null = null;

  has(phoneNumberId: unknown): boolean {
    return this.#numbers.has(phoneNumberId);
  }

  get position(): Position | null {
    return this.#position;
  }

  get size(): number {
    return this.#numbers.size;
  }

  accepts(): string[] {
    return [...this.#numbers.values()];
  }

  /** Applies a message, or says why not. Lookups see all of it or nothing. */
  offer(message: FlagMessage, trust: Trust): Offer {
    if (message.cursor === this.#position?.cursor) return { outcome: "unchanged" };
    if (message.kind === "delta") return this.#offerDelta(message);
    return this.#offerSnapshot(message, trust);
  }

  #offerDelta(delta: DeltaMessage): Offer {
    const position = this.#position;
    if (position === null || delta.since !== position.cursor || delta.revision < position.revision)
      return { outcome: "mismatched" };
    const changes = delta.changes.filter(
      ({ phoneNumberId, acceptsBsuid }) => this.#numbers.has(phoneNumberId) !== acceptsBsuid,
    );
    for (const change of changes) this.#numbers.set(change.phoneNumberId, change.acceptsBsuid);
    return this.#moved(delta, changes, false);
  }

  #offerSnapshot(snapshot: SnapshotMessage, trust: Trust): Offer {
    const position = this.#position;
    const isOtherTimeline = position !== null && snapshot.revision <= position.revision;
    if (isOtherTimeline) {
      const mayLag = trust === "behind" || snapshot.revision < position.revision;
      if (mayLag && trust !== "confirmed") return { outcome: "doubtful" };
    }
    const numbers = new AcceptingNumbers(snapshot.accepts);
    const changes = position === null ? [] : compare(this.#numbers, numbers, snapshot.revision);
    this.#numbers = numbers;
    return this.#moved(snapshot, changes, isOtherTimeline);
  }

  /** Moves the cursor. Called after the flags are set: a cursor says that everything before it is applied. */
  #moved({ cursor, revision }: FlagMessage, changes: FlagChange[], reset: boolean): Offer {
    this.#position = { cursor, revision, appliedAt: new Date() };
    return { outcome: "applied", change: { changes, cursor, revision, reset } };
  }
}

function compare(before: AcceptingNumbers, after: AcceptingNumbers, revision: number) {
  const changes: FlagChange[] = [];
  for (const phoneNumberId of before.values())
    if (!after.has(phoneNumberId)) changes.push({ phoneNumberId, acceptsBsuid: false, revision });
  for (const phoneNumberId of after.values())
    if (!before.has(phoneNumberId)) changes.push({ phoneNumberId, acceptsBsuid: true, revision });
  return changes;
}
