import type { Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const IDLE_CHECK_MS = 100;

/**
 * Closes a server without keeping connections for a next request: one whose answer was still open would
 * go idle, and delay the end for as long as connections are kept.
 */
export class Closing {
  readonly #abort = new AbortController();
  readonly #answering = new Set<ServerResponse>();

  /** Aborted once the server begins to close. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Tracks an answer, so that its connection is not kept when the server closes. */
  track(response: ServerResponse): void {
    if (this.signal.aborted) {
      response.setHeader("connection", "close");
      return;
    }
    this.#answering.add(response);
    response.once("close", () => this.#answering.delete(response));
  }

  /** Takes no more connections, gives open requests `drainMs` to finish, then cuts them. */
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
