import { z } from "zod";
import type { Actor } from "../access/actor.ts";
import { authorize } from "../access/authorize.ts";
import { appendEvents } from "../audit/append-events.ts";
import { reasonSchema } from "../audit/reason.ts";
import { inAuditedTransaction } from "../db/transaction.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { LIVE_SECONDS } from "./instance-conditions.ts";
import { getInstance, toInstanceTarget } from "./instance-target.ts";
import { instanceIdSchema } from "./report-schema.ts";

export const dismissRuntimeSchema = z.strictObject({
  instanceId: instanceIdSchema,
  reason: reasonSchema,
});

/**
 * Stops counting a silent instance, until it reports again. Does nothing if it is dismissed already. Takes
 * `runtime:dismiss`.
 *
 * @throws AppError NOT_FOUND, or CONFLICT for an instance that was heard within the last minute
 */
export async function dismissRuntime(
  actor: Actor,
  input: z.input<typeof dismissRuntimeSchema>,
): Promise<{ changed: boolean }> {
  authorize(actor, "runtime:dismiss", { tried: input.instanceId });
  const { instanceId, reason } = parseInput(dismissRuntimeSchema, input);
  return await inAuditedTransaction(actor, async (tx) => {
    const instance = await getInstance(tx.db, instanceId);
    if (instance.dismissedAt) return { changed: false };
    if (tx.now.getTime() - instance.lastHeardAt.getTime() < LIVE_SECONDS * 1_000) {
      const message = `${instanceId} was heard within the last minute. Only a silent runtime is dismissed.`;
      throw new AppError("CONFLICT", message, [{ path: "instanceId", message }]);
    }
    await tx.db.runtimeInstance.update({ where: { instanceId }, data: { dismissedAt: tx.now } });
    const change = { before: { isDismissed: false }, after: { isDismissed: true, instanceId } };
    const target = await toInstanceTarget(tx.db, instance);
    await appendEvents(tx, [{ action: "runtime.dismissed", target, ...change, reason }]);
    return { changed: true };
  });
}
