import { randomUUID } from "node:crypto";
import type { SystemActor } from "../access/actor.ts";
import { logger } from "../logger.ts";
import { forgetOldAccess } from "../sign-in/forget-old-access.ts";
import { forgetOldReports } from "./forget-old-reports.ts";

const EVERY_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000;

/**
 * Deletes old reports and sessions once an hour. A failure is logged, and retried the next hour.
 *
 * @returns a function that stops it, and waits for what is running
 */
export function startRetention(firstAfterMs = FIRST_AFTER_MS): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  const run = () => {
    running = runOnce();
    timer = setTimeout(run, EVERY_MS).unref();
  };
  let timer = setTimeout(run, firstAfterMs).unref();
  return async () => {
    clearTimeout(timer);
    await running;
  };
}

async function runOnce(): Promise<void> {
  const requestId = randomUUID();
  const actor: SystemActor = {
    type: "system",
    id: "retention",
    name: "Retention",
    permissions: ["report:forget", "access:forget"],
    origin: { requestId, channel: "schedule", ip: null, userAgent: null },
  };
  try {
    const forgotten = await forgetOldReports(actor);
    if (forgotten) logger().info({ requestId, ...forgotten }, "Old reports were forgotten.");
    await forgetOldAccess(actor);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    logger().warn({ requestId, cause }, "Old reports could not be forgotten; tried again later.");
  }
}
