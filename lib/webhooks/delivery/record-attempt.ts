import { db } from "../../db/client.ts";
import { Prisma } from "../../db/generated/client.ts";
import { TEST_EVENT } from "../events/webhook-events.ts";
import type { Claim } from "./claim.ts";
import { toNextTry } from "./next-try.ts";
import type { Answer } from "./post-webhook.ts";

/** How long an endpoint may fail before it is switched off. */
export const FAILING_DAYS = 5;
/** Failures with so much time between are not one failure that went on: tries are at most 22 hours apart. */
const PAUSE_DAYS = 2;

type Attempt = { claim: Claim; answer: Answer; beganAt: Date; tookMs: number };

/**
 * Records what became of an attempt, in the log, for the delivery and for its endpoint. Of a test, the
 * endpoint's state takes no notice.
 *
 * @returns whether the endpoint has failed for five days
 */
export async function recordAttempt(attempt: Attempt): Promise<boolean> {
  const { claim, answer, beganAt, tookMs } = attempt;
  return await db().$transaction(async (tx) => {
    // First the endpoint, as whoever deletes it does.
    const [endpoint] = await tx.$queryRaw<{ now: Date }[]>`
      SELECT clock_timestamp() AS now FROM webhook_endpoint
      WHERE id = ${claim.endpointId}::uuid FOR NO KEY UPDATE`;
    if (!endpoint) return false;
    const { status, failure } = answer;
    await tx.webhookAttempt.create({
      data: { deliveryId: claim.id, beganAt, tookMs, status, failure },
    });
    await settle(tx, attempt, endpoint.now);
    if (claim.type === TEST_EVENT) return false;
    const [state] = await tx.$queryRaw<{ isFailing: boolean }[]>`
      UPDATE webhook_endpoint SET ${failure === null ? SUCCEEDED : FAILED}
      WHERE id = ${claim.endpointId}::uuid
      RETURNING coalesce(is_on AND failing_since <= clock_timestamp()
        - make_interval(days => ${FAILING_DAYS}), false) AS "isFailing"`;
    return state?.isFailing ?? false;
  });
}

const SUCCEEDED = Prisma.sql`failing_since = NULL, last_success_at = clock_timestamp()`;

const FAILED = Prisma.sql`last_failure_at = clock_timestamp(), failing_since = CASE
  WHEN last_failure_at > clock_timestamp() - make_interval(days => ${PAUSE_DAYS})
  THEN coalesce(failing_since, clock_timestamp()) ELSE clock_timestamp() END`;

/** A success counts whoever has the lease by now; a failure only for who still has it. */
async function settle(
  tx: Prisma.TransactionClient,
  { claim: { id, tries, type, leasedUntil }, answer: { failure, retryAfter } }: Attempt,
  now: Date,
): Promise<void> {
  if (failure === null) {
    await tx.webhookDelivery.update({
      where: { id },
      data: { state: "delivered", leasedUntil: null },
    });
    return;
  }
  const nextTryAt = type === TEST_EVENT ? null : toNextTry({ tries, retryAfter, now });
  await tx.webhookDelivery.updateMany({
    where: { id, leasedUntil, state: "waiting" },
    data: nextTryAt ? { nextTryAt, leasedUntil: null } : { state: "failed", leasedUntil: null },
  });
}
