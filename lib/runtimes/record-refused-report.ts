import type { Actor } from "../access/actor.ts";
import { db } from "../db/client.ts";
import type { AppError, ErrorCode } from "../errors.ts";
import { logger } from "../logger.ts";

/** Errors that a retry of the report would get again. */
const REFUSALS: readonly ErrorCode[] = ["INVALID_INPUT", "CONFLICT", "PAYLOAD_TOO_LARGE"];
const MAX_NAMES = 50;
const MAX_WHY = 500;
const INSTANCE_ID = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Records why a token's report was refused, for the page Runtimes and the log: its runtime is behind, and its
 * counts arrive late. Never throws, so that the runtime gets the original error.
 */
export async function recordRefusedReport(
  actor: Actor,
  { body, error }: { body: unknown; error: AppError },
): Promise<void> {
  if (actor.type !== "service" || !REFUSALS.includes(error.code)) return;
  const { requestId } = actor.origin;
  const instanceId = findInstanceId(body);
  const why = error.message.slice(0, MAX_WHY);
  logger().warn({ requestId, tokenId: actor.id, instanceId, why }, "A report was refused.");
  try {
    await db().$executeRaw`
      INSERT INTO refused_report AS r (token_id, instance_id, why)
      SELECT ${actor.id}::uuid, ${instanceId}, ${why}
      WHERE (SELECT count(*) FROM refused_report WHERE token_id = ${actor.id}::uuid) < ${MAX_NAMES}
        OR EXISTS (SELECT FROM refused_report
                   WHERE token_id = ${actor.id}::uuid AND instance_id = ${instanceId})
      ON CONFLICT (token_id, instance_id) DO UPDATE
        SET why = excluded.why, last_at = clock_timestamp(), reports = least(r.reports, 999999) + 1`;
  } catch (thrown) {
    logger().warn({ requestId, cause: String(thrown) }, "A refused report could not be kept.");
  }
}

/** The instance's name in a report; "" if it cannot be read. */
function findInstanceId(body: unknown): string {
  const claimed =
    typeof body === "object" && body !== null && "instanceId" in body ? body.instanceId : null;
  return typeof claimed === "string" && INSTANCE_ID.test(claimed) ? claimed : "";
}
