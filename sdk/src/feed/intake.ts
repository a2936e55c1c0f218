import { FlagClientError } from "../flag-client-error.ts";
import type { FlagsChanged } from "../flag-client-events.ts";
import type { FlagMessage } from "../flags/flag-message.ts";
import type { FlagTable, Trust } from "../flags/flag-table.ts";

/** Applies messages to the table, and decides what to ask for next. */
export class Intake {
  readonly #table: FlagTable;
  readonly #onChange: (change: FlagsChanged) => void;
  /** Whether a delta did not fit the table, so that a snapshot has to be asked for. */
  #needsSnapshot = false;
  #isInDoubt = false;

  constructor(table: FlagTable, onChange: (change: FlagsChanged) => void) {
    this.#table = table;
    this.#onChange = onChange;
  }

  /** The cursor to ask with; null asks for everything. */
  get cursor(): string | null {
    return this.#needsSnapshot ? null : (this.#table.position?.cursor ?? null);
  }

  /** Whether an older snapshot came and was not applied: asking again shows whether it is right. */
  get isInDoubt(): boolean {
    return this.#isInDoubt;
  }

  /** Applies a message. @throws FlagClientError OUT_OF_STEP for a delta that does not fit */
  take(message: FlagMessage, trust: Trust): void {
    const offer = this.#table.offer(message, trust);
    if (offer.outcome === "mismatched") {
      this.#needsSnapshot = true;
      throw new FlagClientError("OUT_OF_STEP", "A change was missed: asking for all flags anew.");
    }
    if (message.kind === "snapshot") this.#needsSnapshot = false;
    this.#isInDoubt = offer.outcome === "doubtful";
    if (offer.outcome === "applied") this.#onChange(offer.change);
  }
}
