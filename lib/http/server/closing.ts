import type { Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const IDLE_CHECK_MS = 100;

/**
 * Sees to it that a server which ends keeps no connection for a next request: one whose answer was under
 * way would go idle, and hold the end up for as long as connections are kept.
 */
export class Closing {
  readonly #abort = new AbortController();
  readonly #answering = new Set<ServerResponse>();

  /** Aborted once the server is to end. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** An answer that may take a while. */
  track(response: ServerResponse): void {
    if (this.signal.aborted) {
      response.setHeader("connection", "close");
      return;
    }
    this.#answering.add(response);
    response.once("close", () => this.#answering.delete(response));
  }

  /** Takes no more connections, lets open requests finish for so long, then cuts them. */
  async close(http: Server, { drainMs }: { drainMs: number }): Promise<void> {
    this.#abort.abort();
    for (const response of this.#answering) {
      if (!response.headersSent) response.setHeader("connection", "close");
    }
    if (!http.listening) return;
    const closed = Promise.withResolvers<void>();
    http.close(() => closed.resolve());
    const idle = setInterval(() => http.closeIdleConnections(), IDLE_CHECK_MS);
    const patience = new AbortController();
    await Promise.race([closed.promise, sleep(drainMs, undefined, { signal: patience.signal })]);
    patience.abort();
    clearInterval(idle);
    http.closeAllConnections();
  }
}
