import { setTimeout as sleep } from "node:timers/promises";
import { findActiveSessions } from "../sessions/find-active-sessions.ts";

/** All browsers come back at once after a restart of the console. */
const GATHER_MS = 5;

/** Finds whether sessions are valid; those asked about at the same time in one query. */
export class SessionChecks {
  #ids = new Set<string>();
  #next: ReturnType<typeof findActiveSessions> | undefined;

  /** The session's person; undefined when it is not valid. */
  async find(sessionId: string): Promise<{ personId: string } | undefined> {
    this.#ids.add(sessionId);
    this.#next ??= this.#gather();
    return (await this.#next).get(sessionId);
  }

  async #gather(): ReturnType<typeof findActiveSessions> {
    await sleep(GATHER_MS);
    const ids = this.#ids;
    this.#ids = new Set();
    this.#next = undefined;
    return await findActiveSessions([...ids]);
  }
}
