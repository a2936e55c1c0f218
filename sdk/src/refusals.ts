import type { FlagClientError, FlagClientErrorCode } from "./flag-client-error.ts";

/** What is requested from the console. */
export type Asked = "flags" | "reports";

/** The kind of request: flags come by the stream or by a poll. */
export type AskedBy = "stream" | "poll" | "report";

const WHAT: Record<AskedBy, Asked> = { stream: "flags", poll: "flags", report: "reports" };

/** A period in which requests were answered with a refusal, or by something other than the console. */
export type Refusal = {
  what: Asked;
  since: Date;
  /** Null while it lasts. */
  until: Date | null;
  /** The code of the latest answer. */
  code: FlagClientErrorCode;
  /** The HTTP status of that answer; null for a status 200 that was not the console's answer. */
  status: number | null;
};

const REFUSALS: readonly FlagClientErrorCode[] = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "UNEXPECTED_ANSWER",
  "REPORT_REFUSED",
];

/** Whether an error is a refusal, or an answer that is not the console's. No reason to stop asking. */
export function isRefusal({ code }: { code: FlagClientErrorCode }): boolean {
  return REFUSALS.includes(code);
}

/** Remembers the last refusal of each kind, and reports when one begins and ends. */
export class Refusals {
  readonly #last: Record<Asked, Refusal | null> = { flags: null, reports: null };
  /** The kinds of request whose last attempt was refused. */
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

  /** The refusals that have not ended. */
  get current(): Refusal[] {
    return this.#all().filter(({ until }) => until === null);
  }

  /** The current refusal, else the last one; null if there never was one. */
  get latest(): Refusal | null {
    const ended = this.#all().toSorted((one, other) => Number(other.until) - Number(one.until));
    return this.current[0] ?? ended[0] ?? null;
  }

  /** Records a failure. Other errors change nothing; a further refusal in a row only updates code and status. */
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
   * Records a proper answer of the console. A working stream does not end the refusal of polls, which would
   * begin again with the next poll; a poll ends the refusal of the stream, which it replaces.
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
