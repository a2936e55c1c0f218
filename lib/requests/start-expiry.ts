import { randomUUID } from "node:crypto";
import type { SystemActor } from "../access/actor.ts";
import { isUnavailable } from "../db/is-unavailable.ts";
import { logger } from "../logger.ts";
import { repeat } from "../repeat.ts";
import { expireRequests } from "./expire-requests.ts";

const EVERY_MS = 60_000;
const FIRST_AFTER_MS = 10_000;

/**
 * Ends the requests whose time has run out, within a minute of it.
 *
 * @returns a function that stops it, and waits for what is running
 */
export function startExpiry(firstAfterMs = FIRST_AFTER_MS): () => Promise<void> {
  return repeat(runOnce, { firstAfterMs, everyMs: EVERY_MS });
}

async function runOnce(): Promise<void> {
  const actor: SystemActor = {
    type: "system",
    id: "requests",
    name: "Requests",
    permissions: ["request:expire"],
    origin: { requestId: randomUUID(), channel: "schedule", ip: null, userAgent: null },
  };
  try {
    await expireRequests(actor);
  } catch (error) {
    // An unavailable database is in the log already.
    if (isUnavailable(error)) return;
    const cause = error instanceof Error ? error.message : String(error);
    logger().error({ cause }, "Requests whose time ran out could not be ended. Tried again.");
  }
}
