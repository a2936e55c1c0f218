import type { PageProblem } from "../shell/ask-pulse.ts";
import { askForTicket } from "./ask-for-ticket.ts";
import { readStream, type StreamEvent } from "./read-stream.ts";

/** What a browser's tabs tell each other; `down` while there is no stream, `check` when the page may have a problem. */
export type LiveEvent = StreamEvent | { event: "down" | "check" };

/** Two heartbeats and a little: without one for so long the stream is dead, whatever the connection says. */
export const SILENCE_MS = 31_000;
const MIN_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 15_000;

/** Keeps this browser's one stream open until the signal, and tells what it says. */
export async function leadLive({
  personId,
  signal,
  readLastEventId,
  tell,
}: {
  personId: string;
  signal: AbortSignal;
  readLastEventId: () => string;
  tell: (event: LiveEvent) => void;
}): Promise<void> {
  let failures = 0;
  let lastProblem: PageProblem | null = null;
  while (!signal.aborted) {
    const { problem, ticket } = await askForTicket(personId);
    if (problem !== lastProblem) tell({ event: "check" });
    lastProblem = problem;
    if (ticket !== null && !signal.aborted) {
      const watch = new Watchdog(signal);
      const from = { ticket, lastEventId: readLastEventId(), signal: watch.signal };
      const hear = (event: StreamEvent) => {
        failures = 0;
        watch.reset();
        tell(event);
      };
      await readStream(from, hear).catch(() => {});
      watch.stop();
    }
    if (signal.aborted) return;
    tell({ event: "down" });
    const pauseMs = Math.min(MIN_PAUSE_MS * 2 ** failures, MAX_PAUSE_MS);
    failures += 1;
    await pause(pauseMs * (0.5 + Math.random() / 2), signal);
  }
}

/** Aborts when nothing was heard for too long. */
class Watchdog {
  readonly #silent = new AbortController();
  readonly signal: AbortSignal;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(leaving: AbortSignal) {
    this.signal = AbortSignal.any([leaving, this.#silent.signal]);
    this.reset();
  }

  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#silent.abort(), SILENCE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Ends early when the network is back, or the signal aborts. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = () => resolve();
  const timer = setTimeout(done, milliseconds);
  window.addEventListener("online", done);
  signal.addEventListener("abort", done);
  await promise;
  clearTimeout(timer);
  window.removeEventListener("online", done);
  signal.removeEventListener("abort", done);
}
