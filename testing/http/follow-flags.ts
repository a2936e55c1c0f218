import { setTimeout as sleep } from "node:timers/promises";
import { openStream } from "./read-stream.ts";

type FlagsBody =
  | { kind: "snapshot"; cursor: string; revision: number; accepts: string[] }
  | {
      kind: "delta";
      since: string;
      cursor: string;
      revision: number;
      changes: { phoneNumberId: string; acceptsBsuid: boolean }[];
    };

type How = "stream" | "wait" | "poll";

const POLL_EVERY_MS = 40;
const MIN_PAUSE_MS = 100;
const MAX_PAUSE_MS = 2_000;
const REQUEST_TIMEOUT_MS = 8_000;

/** A minimal correct client of a runtime: keeps the flags, resumes after failures, and records what it saw. */
export class Follower {
  readonly accepts = new Set<string>();
  /** What must never happen: a revision that goes back, a delta that does not follow the one before. */
  readonly faults: string[] = [];
  /** The times of the retries after a failure, by this process's clock. */
  readonly retriedAt: number[] = [];
  readonly statuses = new Set<number>();
  cursor = "";
  revision = -1;
  largestAge = -1;
  readonly #stopping = new AbortController();
  readonly #url: string;
  readonly #token: string;
  readonly #following: Promise<void>;

  constructor({ url, token, how }: { url: string; token: string; how: How }) {
    this.#url = url;
    this.#token = token;
    const turn = {
      stream: () => this.#stream(),
      wait: () => this.#wait(),
      poll: () => this.#poll(),
    };
    this.#following = this.#repeat(turn[how]);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#following;
  }

  async #repeat(turn: () => Promise<void>): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      const before = this.cursor;
      const isOver = await turn().then(
        () => true,
        () => false,
      );
      if (isOver) continue;
      failures = this.cursor === before ? failures + 1 : 0;
      const longest = Math.min(MAX_PAUSE_MS, MIN_PAUSE_MS * 2 ** failures);
      await this.#pause(longest * Math.random());
      this.retriedAt.push(performance.now());
    }
  }

  async #stream(): Promise<void> {
    const resume = this.cursor ? { "last-event-id": this.cursor } : {};
    const headers = { authorization: `Bearer ${this.#token}`, ...resume };
    const stream = await openStream(`${this.#url}/api/v1/flags/stream`, headers, this.#stopping);
    this.statuses.add(stream.response.status);
    if (stream.response.ok) {
      for (let event = await stream.next(); event; event = await stream.next()) {
        this.#take(event.data as FlagsBody);
      }
    }
    throw new Error("The stream ended.");
  }

  async #wait(): Promise<void> {
    await this.#ask(this.cursor ? `?since=${this.cursor}` : "", { prefer: "wait=5" });
  }

  async #poll(): Promise<void> {
    await this.#ask("", this.cursor ? { "if-none-match": `"${this.cursor}"` } : {});
    await this.#pause(POLL_EVERY_MS);
  }

  async #ask(query: string, more: Record<string, string>): Promise<void> {
    const response = await fetch(`${this.#url}/api/v1/flags${query}`, {
      headers: { authorization: `Bearer ${this.#token}`, ...more },
      signal: AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
    this.statuses.add(response.status);
    this.largestAge = Math.max(this.largestAge, Number(response.headers.get("age") ?? -1));
    if (response.status === 200) this.#take((await response.json()) as FlagsBody);
    else if (response.status !== 304) throw new Error(`Status ${response.status}`);
  }

  #take(body: FlagsBody): void {
    if (body.revision < this.revision) this.faults.push(`${this.cursor} → ${body.cursor}`);
    if (body.kind === "snapshot") {
      this.accepts.clear();
      for (const id of body.accepts) this.accepts.add(id);
    } else {
      if (body.since !== this.cursor) this.faults.push(`${this.cursor} ≠ since ${body.since}`);
      for (const { phoneNumberId, acceptsBsuid } of body.changes) {
        if (acceptsBsuid) this.accepts.add(phoneNumberId);
        else this.accepts.delete(phoneNumberId);
      }
    }
    this.revision = body.revision;
    this.cursor = body.cursor;
  }

  async #pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.#stopping.signal }).catch(() => {});
  }
}
