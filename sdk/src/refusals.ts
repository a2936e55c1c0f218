import type { FlagClientError, FlagClientErrorCode } from "./flag-client-error.ts";

/** What is asked of the console. */
export type Asked = "flags" | "reports";

/** A time in which requests were answered, and not by what the console says to a token that it knows. */
export type Refusal = {
  what: Asked;
  since: Date;
  /** Null while it lasts. */
  until: Date | null;
  code: FlagClientErrorCode;
  /** The HTTP status; null where an answer came with status 200 and was none of the console's. */
  status: number | null;
};

const REFUSALS: readonly FlagClientErrorCode[] = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "UNEXPECTED_ANSWER",
  "REPORT_REFUSED",
];

/** Whether somebody answered, and it was a refusal, or not the console: no reason to stop asking. */
export function isRefusal({ code }: { code: FlagClientErrorCode }): boolean {
  return REFUSALS.includes(code);
}

/** Remembers the last refusal of each kind, and tells when one begins and ends. */
export class Refusals {
  readonly #last: Record<Asked, Refusal | null> = { flags: null, reports: null };
  readonly #onBegin: (refusal: Refusal) => void;
  readonly #onEnd: (refusal: Refusal) => void;

  constructor(listeners: {
    onBegin: (refusal: Refusal) => void;
    onEnd: (refusal: Refusal) => void;
  }) {
    this.#onBegin = listeners.onBegin;
    this.#onEnd = listeners.onEnd;
  }

  /** Those that last. */
  get current(): Refusal[] {
    return this.#all().filter(({ until }) => until === null);
  }

  /** The one that lasts, else the one that ended last; null when there never was one. */
  get latest(): Refusal | null {
    const ended = this.#all().toSorted((one, other) => Number(other.until) - Number(one.until));
    return this.current[0] ?? ended[0] ?? null;
  }

  /** Takes in a failure; one that is no refusal changes nothing. */
  failed(what: Asked, failure: FlagClientError): void {
    if (!isRefusal(failure) || this.#last[what]?.until === null) return;
    const { code, status = null } = failure;
    const refusal = { what, since: new Date(), until: null, code, status };
    this.#last[what] = refusal;
    this.#onBegin(refusal);
  }

  /** The console answered as it should. */
  answered(what: Asked): void {
    const last = this.#last[what];
    if (last === null || last.until !== null) return;
    const ended = { ...last, until: new Date() };
    this.#last[what] = ended;
    this.#onEnd(ended);
  }

  #all(): Refusal[] {
    return [this.#last.flags, this.#last.reports].filter((one) => one !== null);
  }
}
