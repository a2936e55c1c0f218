import { randomUUID } from "node:crypto";
import type { SystemActor } from "../access/actor.ts";
import { logger } from "../logger.ts";
import { repeat } from "../repeat.ts";
import { forgetOldReports } from "../runtimes/forget-old-reports.ts";
import { forgetOldAccess } from "../sign-in/forget-old-access.ts";
import { forgetOldDeliveries } from "../webhooks/forget-old-deliveries.ts";
import { forgetOldDesk } from "./forget-old-desk.ts";

const FORGETTING = [forgetOldReports, forgetOldAccess, forgetOldDesk, forgetOldDeliveries];
const EVERY_MS = 3_600_000;
const FIRST_AFTER_MS = 60_000;

/**
 * Deletes once an hour what is kept for a time (lib/kept-for.ts). A failure is logged, and retried the next
 * hour.
 *
 * @returns a function that stops it, and waits for what is running
 */
export function startRetention(firstAfterMs = FIRST_AFTER_MS): () => Promise<void> {
  return repeat(forgetOnce, { firstAfterMs, everyMs: EVERY_MS });
}

async function forgetOnce(): Promise<void> {
  const requestId = randomUUID();
  const actor: SystemActor = {
    type: "system",
    id: "retention",
    name: "Retention",
    permissions: ["report:forget", "access:forget", "desk:forget"],
    origin: { requestId, channel: "schedule", ip: null, userAgent: null },
  };
  for (const forget of FORGETTING) {
    try {
      const forgotten = await forget(actor);
      if (forgotten) logger().info({ requestId, ...forgotten }, "Old rows were deleted.");
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      logger().warn({ requestId, cause }, "Old rows could not be deleted; tried again later.");
    }
  }
}
