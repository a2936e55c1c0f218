import { FlagClientError } from "../flag-client-error.ts";
import type { FlagsChanged } from "../flag-client-events.ts";
import type { FlagMessage } from "../flags/flag-message.ts";
import type { FlagTable, Trust } from "../flags/flag-table.ts";

/** Where messages enter the table, and what has to be asked for next because of them. */
export class Intake {
  readonly #table: FlagTable;
  readonly #onChange: (change: FlagsChanged) => void;
  /** What is held fits nothing that the server says: ask without a cursor. */
  #needsSnapshot = false;
  #isInDoubt = false;

  constructor(table: FlagTable, onChange: (change: FlagsChanged) => void) {
    this.#table = table;
    this.#onChange = onChange;
  }

  /** What to ask with; null asks for everything. */
  get cursor(): string | null {
    return this.#needsSnapshot ? null : (this.#table.position?.cursor ?? null);
  }

  /** A snapshot of the past was seen, and not taken: whether it is the truth shows by asking again. */
  get isInDoubt(): boolean {
    return this.#isInDoubt;
  }

  /** Takes a message. @throws FlagClientError OUT_OF_STEP for a delta that does not fit */
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
