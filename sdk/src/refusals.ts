import type { FlagClientError, FlagClientErrorCode } from "./flag-client-error.ts";

/** What is asked of the console. */
export type Asked = "flags" | "reports";

/** By which request: the flags come by the stream or by a poll. */
export type AskedBy = "stream" | "poll" | "report";

const WHAT: Record<AskedBy, Asked> = { stream: "flags", poll: "flags", report: "reports" };

/** A time in which requests were answered, and not by what the console says to a token that it knows. */
export type Refusal = {
  what: Asked;
  since: Date;
  /** Null while it lasts. */
  until: Date | null;
  /** The latest, while it lasts. */
  code: FlagClientErrorCode;
  /** Of the same answer: the HTTP status; null where an answer came with status 200 and was none of the console's. */
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
  /** What was refused last time. */
  readonly #refused = new Set<AskedBy>();
  readonly #onBegin: (refusal: Refusal) => void;
  readonly #onEnd: (refusal: Refusal) => void;

  constructor(listeners: {
    onBegin: (refusal: Refusal) => void;
    onEnd: (refusal: Refusal) => void;
  }) {
    this.#onBegin = listeners.onBegin;
    this.#onEnd = listeners.onEnd;
  }

  /** The refusals that last. */
  get current(): Refusal[] {
    return this.#all().filter(({ until }) => until === null);
  }

  /** The one that lasts, else the one that ended last; null when there never was one. */
  get latest(): Refusal | null {
    const ended = this.#all().toSorted((one, other) => Number(other.until) - Number(one.until));
    return this.current[0] ?? ended[0] ?? null;
  }

  /** Takes in a failure; one that is no refusal changes nothing, one more in a row only what was answered. */
  failed(by: AskedBy, failure: FlagClientError): void {
    if (!isRefusal(failure)) return;
    this.#refused.add(by);
    const { code, status = null } = failure;
    const what = WHAT[by];
    const last = this.#last[what];
    if (last?.until === null) {
      this.#last[what] = { ...last, code, status };
      return;
    }
    const refusal = { what, since: new Date(), until: null, code, status };
    this.#last[what] = refusal;
    this.#onBegin(refusal);
  }

  /**
   * The console answered as it should. A stream that goes on does not end the refusal of polls, which would
   * begin again with the next one; a poll ends that of the stream, in whose place it is.
   */
  answered(by: AskedBy): void {
    this.#refused.delete(by);
    if (by === "poll") this.#refused.delete("stream");
    const what = WHAT[by];
    const last = this.#last[what];
    if (last === null || last.until !== null) return;
    if ([...this.#refused].some((other) => WHAT[other] === what)) return;
    const ended = { ...last, until: new Date() };
    this.#last[what] = ended;
    this.#onEnd(ended);
  }

  #all(): Refusal[] {
    return [this.#last.flags, this.#last.reports].filter((one) => one !== null);
  }
}
