import type { FastifyBaseLogger } from "fastify";
import type { ItemProblem } from "#sdk/rules.ts";

/** Repeated events of one kind are logged at most once in this time. */
const LOG_EVERY_MS = 60_000;
/** Bounds the counted names: Meta's are few, but another sender's payload may have any. */
const MAX_FIELDS = 50;
const MAX_FIELD = 64;

const BAD_SECRET =
  "Payloads are refused because X-Hub-Signature-256 is not theirs. If they are Meta's, META_APP_SECRET is not the app's secret.";

type Refusals = { count: number; lastAt: string; why: string };

/** What `GET /healthz` says about payloads since the start; times in UTC. */
export type PayloadCounts = {
  taken: number;
  lastTakenAt: string | null;
  /** By the status of the answer. */
  refused: Record<string, Refusals>;
  /** Unreadable parts of accepted payloads; the first hundred of each payload are in `GET /deliveries`. */
  unreadable: number;
  /** Events that are neither delivered nor listed, such as calls, notices of ids, opened chats; by Meta's name. */
  otherEvents: Record<string, number>;
  /** A problem that somebody has to look at; null when there is none. */
  trouble: string | null;
};

/**
 * Counts what happens to Meta's payloads, and logs it without flooding the log: anybody can post rubbish a
 * thousand times a second. Keeps nothing of a payload's content.
 */
export class PayloadTally {
  readonly #log: FastifyBaseLogger;
  readonly #now: () => number;
  readonly #refused = new Map<number, Refusals>();
  readonly #otherEvents = new Map<string, number>();
  /** When each kind was last logged, and how often it has happened since. */
  readonly #logged = new Map<string, { at: number; since: number }>();
  #taken = 0;
  #lastTakenAt: string | null = null;
  #unreadable = 0;
  #badSignatures = 0;

  constructor(log: FastifyBaseLogger, now: () => number = Date.now) {
    this.#log = log;
    this.#now = now;
  }

  /** Counts a payload that was answered 200. */
  countTaken({
    problems,
    fields,
  }: {
    problems: readonly ItemProblem[];
    fields: readonly string[];
  }): void {
    this.#taken += 1;
    this.#lastTakenAt = this.#time();
    this.#badSignatures = 0;
    for (const field of fields) this.#countField(field.slice(0, MAX_FIELD));
    const [first] = problems;
    if (!first) return;
    this.#unreadable += problems.length;
    // Without the message's id, which contains its customer's phone or BSUID.
    const { path, phoneNumberId, code, message: why } = first;
    const about = { count: problems.length, path, phoneNumberId, code, why };
    this.#tell("unreadable", (again) =>
      this.#log.warn({ ...about, ...again }, "a payload has bad items"),
    );
  }

  /** Counts a payload that was answered with another status. `why` is the answer's text, without the payload's content. */
  countRefused(status: number, why: string, about: Record<string, unknown>): void {
    const count = (this.#refused.get(status)?.count ?? 0) + 1;
    this.#refused.set(status, { count, lastAt: this.#time(), why });
    if (status === 401) this.#badSignatures += 1;
    this.#tell(`refused ${status}`, (again) => {
      const fields = { status, why, count, ...about, ...again };
      if (status === 401) this.#log.error(fields, BAD_SECRET);
      else this.#log.warn(fields, "a payload is refused");
    });
  }

  /** Logs a failed check of the address by Meta. */
  logFailedVerification(why: string): void {
    this.#tell("verification", (again) => this.#log.warn({ why, ...again }, "Meta's check failed"));
  }

  counts(): PayloadCounts {
    return {
      taken: this.#taken,
      lastTakenAt: this.#lastTakenAt,
      refused: Object.fromEntries(this.#refused),
      unreadable: this.#unreadable,
      otherEvents: Object.fromEntries(this.#otherEvents),
      trouble: this.#badSignatures > 0 ? BAD_SECRET : null,
    };
  }

  #countField(field: string): void {
    const hasRoom = this.#otherEvents.has(field) || this.#otherEvents.size < MAX_FIELDS;
    const name = hasRoom ? field : "others";
    const count = this.#otherEvents.get(name) ?? 0;
    this.#otherEvents.set(name, count + 1);
    if (count > 0) return;
    this.#log.info({ field: name }, "an event that is no message was taken, and not delivered");
  }

  #tell(kind: string, log: (again: { timesSinceLastLine?: number }) => void): void {
    const now = this.#now();
    const last = this.#logged.get(kind);
    if (last && now - last.at < LOG_EVERY_MS) {
      last.since += 1;
      return;
    }
    this.#logged.set(kind, { at: now, since: 0 });
    log(last && last.since > 0 ? { timesSinceLastLine: last.since } : {});
  }

  #time(): string {
    return new Date(this.#now()).toISOString();
  }
}
